#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <jpeglib.h>

#include <jerror.h>

#include "media/pictures.hpp"
#include "media/worker/image.hpp"

namespace etakahvila::media {
namespace {

using namespace std::string_view_literals;

/// Of the coefficients of a picture in many scans; below what the process may take (sandbox.cpp).
constexpr long decoder_bytes_max = 420L * 1024 * 1024;
/// Pictures have ten; each costs the whole picture.
constexpr int scans_max = 100;

/// libjpeg leaves by a jump, so nothing with a destructor lives in what it jumps over.
struct Fault {
    jpeg_error_mgr manager{};
    std::jmp_buf back{};
    Verdict verdict = Verdict::not_read;
};

[[noreturn]] void leave(j_common_ptr about, Verdict verdict) {
    auto& fault = *reinterpret_cast<Fault*>(about->err);
    fault.verdict = verdict;
    std::longjmp(fault.back, 1);
}

[[noreturn]] void on_error(j_common_ptr about) {
    const auto code = about->err->msg_code;
    const bool is_too_much = code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE;
    leave(about, is_too_much ? Verdict::too_large : Verdict::not_read);
}

/// Small damage is passed over; where the end is missing there is no picture.
void on_message(j_common_ptr about, int level) {
    if (level >= 0) return;
    const auto code = about->err->msg_code;
    if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) leave(about, Verdict::cut_off);
}

void say_nothing(j_common_ptr) {}

void on_progress(j_common_ptr about) {
    if (reinterpret_cast<j_decompress_ptr>(about)->input_scan_number > scans_max) leave(about, Verdict::too_large);
}

jpeg_error_mgr* watched_by(Fault& fault) {
    auto* manager = jpeg_std_error(&fault.manager);
    manager->error_exit = on_error;
    manager->emit_message = on_message;
    manager->output_message = say_nothing;
    return manager;
}

/// Whether `work` went to its end; where not, the fault knows why.
template <class Work>
[[gnu::noinline]] bool done(Fault& fault, Work& work) {
    if (setjmp(fault.back) != 0) return false;
    work();
    return true;
}

/// Whether the first scan begins before the bytes end.
bool has_whole_head(std::string_view given) {
    std::size_t at = 2;
    while (at + 4 <= given.size()) {
        if (given[at] != '\xff') {
            // Bytes that no marker begins: the decoder passes over them.
            ++at;
            continue;
        }
        const auto marker = static_cast<unsigned char>(given[at + 1]);
        if (marker == 0xff) {
            ++at;
            continue;
        }
        const bool is_alone = marker == 0x01 || marker == 0x00 || (marker >= 0xd0 && marker <= 0xd8);
        if (is_alone) {
            at += 2;
            continue;
        }
        // The end, before any picture.
        if (marker == 0xd9) return true;
        const auto length = std::size_t{static_cast<unsigned char>(given[at + 2])} << 8 |
                            static_cast<unsigned char>(given[at + 3]);
        if (at + 2 + length > given.size()) return false;
        if (marker == 0xda) return true;
        at += 2 + std::max<std::size_t>(length, 2);
    }
    return false;
}

Orientation orientation_of(const jpeg_decompress_struct& head) {
    constexpr auto exif = "Exif\0\0"sv;
    for (auto* marker = head.marker_list; marker != nullptr; marker = marker->next) {
        const std::string_view data{reinterpret_cast<const char*>(marker->data), marker->data_length};
        if (data.starts_with(exif)) return orientation_in(data.substr(exif.size()));
    }
    return 1;
}

/// The smallest of the decoder's own sizes, in eighths, that still has the long side that is wanted.
unsigned eighths(std::size_t longer) {
    unsigned scale = 1;
    while (scale < 8 && longer * scale / 8 < picture_side_max) ++scale;
    return scale;
}

/// Four inks to three lights. What Adobe's programs write is the other way round.
void lights_of(const unsigned char* inks, unsigned char* lights, unsigned width, bool is_inverted) {
    for (unsigned x = 0; x < width; ++x, inks += 4) {
        const auto light = [&](unsigned char ink) -> unsigned { return is_inverted ? ink : 255U - ink; };
        for (int color = 0; color < 3; ++color)
            *lights++ = static_cast<unsigned char>(light(inks[color]) * light(inks[3]) / 255U);
    }
}

struct Decoder {
    Fault fault;
    jpeg_decompress_struct head{};
    jpeg_progress_mgr progress{};
    Decoded decoded;
    std::vector<unsigned char> inks;

    Decoder() { head.err = watched_by(fault); }
    ~Decoder() { jpeg_destroy_decompress(&head); }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    void begin(std::string_view given) {
        jpeg_create_decompress(&head);
        progress.progress_monitor = on_progress;
        head.progress = &progress;
        head.mem->max_memory_to_use = decoder_bytes_max;
        jpeg_mem_src(&head, reinterpret_cast<const unsigned char*>(given.data()), given.size());
        jpeg_save_markers(&head, JPEG_APP0 + 1, 0xffff);
        jpeg_read_header(&head, TRUE);
        decoded.orientation = orientation_of(head);
        const auto pixels = std::uint64_t{head.image_width} * head.image_height;
        if (pixels > given_pixels_max) leave(reinterpret_cast<j_common_ptr>(&head), Verdict::too_large);
        head.scale_num = eighths(std::max(head.image_width, head.image_height));
        head.scale_denom = 8;
        const bool has_inks = head.jpeg_color_space == JCS_CMYK || head.jpeg_color_space == JCS_YCCK;
        head.out_color_space = has_inks ? JCS_CMYK : JCS_RGB;
        jpeg_start_decompress(&head);
    }

    void read_rows() {
        const bool has_inks = head.out_color_space == JCS_CMYK;
        while (head.output_scanline < head.output_height) {
            auto* into = decoded.image.row(head.output_scanline);
            auto* row = has_inks ? inks.data() : into;
            if (jpeg_read_scanlines(&head, &row, 1) == 1 && has_inks)
                lights_of(inks.data(), into, decoded.image.width, head.saw_Adobe_marker != FALSE);
        }
    }
};

struct Encoder {
    Fault fault;
    jpeg_compress_struct head{};
    unsigned char* bytes = nullptr;
    unsigned long size = 0;

    Encoder() { head.err = watched_by(fault); }
    ~Encoder() {
        jpeg_destroy_compress(&head);
        std::free(bytes);
    }
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;

    void encode(const Image& image, int quality) {
        jpeg_create_compress(&head);
        jpeg_mem_dest(&head, &bytes, &size);
        head.image_width = image.width;
        head.image_height = image.height;
        head.input_components = 3;
        head.in_color_space = JCS_RGB;
        jpeg_set_defaults(&head);
        jpeg_set_quality(&head, quality, TRUE);
        head.optimize_coding = TRUE;
        jpeg_start_compress(&head, TRUE);
        while (head.next_scanline < head.image_height) {
            // It only reads from what it is given.
            auto* row = const_cast<unsigned char*>(image.row(head.next_scanline));
            jpeg_write_scanlines(&head, &row, 1);
        }
        jpeg_finish_compress(&head);
    }
};

}  // namespace

std::variant<Decoded, Verdict> decode_jpeg(std::string_view given) {
    if (!has_whole_head(given)) return Verdict::cut_off;
    // Where no more than the last marker is missing, nothing of the picture is.
    const auto ended = std::string{given} + "\xff\xd9";
    Decoder decoder;
    const auto begin = [&] { decoder.begin(ended); };
    if (!done(decoder.fault, begin)) return decoder.fault.verdict;
    decoder.decoded.image = image_of(decoder.head.output_width, decoder.head.output_height);
    decoder.inks.resize(std::size_t{decoder.head.output_width} * 4);
    const auto read_rows = [&] { decoder.read_rows(); };
    if (!done(decoder.fault, read_rows)) return decoder.fault.verdict;
    return std::move(decoder.decoded);
}

std::string encode_jpeg(const Image& image, int quality) {
    Encoder encoder;
    const auto encode = [&] { encoder.encode(image, quality); };
    if (!done(encoder.fault, encode)) throw std::bad_alloc{};
    return {reinterpret_cast<const char*>(encoder.bytes), encoder.size};
}

}  // namespace etakahvila::media
