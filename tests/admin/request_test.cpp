#include "support/catch.hpp"

#include "admin/request.hpp"

namespace etakahvila::admin {
namespace {

using State = RequestReader::State;

const Request asked{.login = "aino", .folder = "/srv", .arguments = {"staff", "add", "Aino Ääni"}, .input = "a\nb"};

std::string refused(const std::string& bytes) {
    RequestReader reader;
    CHECK(reader.feed(bytes) == State::is_refused);
    return reader.why();
}

std::string question(const std::string& payload) { return frame(Kind::question, payload); }

}  // namespace

TEST_CASE("Admin request: what is sent comes as it was, in any pieces") {
    for (const std::size_t piece : {1UL, 2UL, 5UL, 1000UL}) {
        RequestReader reader;
        const auto bytes = frames_of(asked);
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            REQUIRE(reader.feed(std::string_view{bytes}.substr(at, piece)) ==
                    (at + piece >= bytes.size() ? State::is_whole : State::wants_more));
        }
        CHECK(reader.request() == asked);
    }
}

TEST_CASE("Admin request: empty words, no words and a long input are words and input") {
    for (const auto& request : {Request{.login = {}, .folder = "/", .arguments = {}},
             Request{.login = {}, .folder = "/", .arguments = {"", "", ""}},
             Request{.login = {}, .folder = "/", .arguments = {"x"}, .input = std::string(input_bytes_max, 'i')}}) {
        RequestReader reader;
        CHECK(reader.feed(frames_of(request)) == State::is_whole);
        CHECK(reader.request() == request);
    }
}

TEST_CASE("Admin request: garbage, lengths without end and what is out of order are refused with a reason") {
    CHECK(refused("GET / HTTP/1.1\r\nHost: x\r\n\r\n") == "That is no request, or one that is too long.");
    CHECK(refused(std::string{"Q\xff\xff\xff\xff", 5}) == "That is no request, or one that is too long.");
    CHECK(refused(frame(Kind::end, {})) == "That is no request.");
    CHECK(refused(frame(Kind::input, "x")) == "That is no request.");
    CHECK(refused(question("no zero at its end")) == "That is no request.");
    CHECK(refused(question({})) == "That is no request.");
    CHECK(refused(question(std::string{"\0here\0", 6})) == "The folder of the request is no whole path.");
    const std::string good{"\0/\0x\0", 5};
    CHECK(refused(question(good) + question(good)) == "That is no request.");
    CHECK(refused(question(good) + frame(Kind::end, "x")) == "That is no request.");
    CHECK(refused(question(good) + frame(Kind::exit, "0")) == "That is no request.");
    CHECK(refused(question(good) + frame(Kind::end, {}) + "x") == "There is more behind the end of the request.");
}

TEST_CASE("Admin request: too many words, and too much input, are refused on both sides") {
    Request many = asked;
    many.arguments.assign(arguments_max, "x");
    CHECK_FALSE(too_large(many));
    many.arguments.emplace_back("x");
    CHECK(too_large(many) == "There are more than 256 words behind the command.");
    CHECK(refused(frames_of(many)) == "That is no request.");

    Request long_one = asked;
    long_one.arguments = {std::string(question_bytes_max, 'x')};
    CHECK(too_large(long_one) == "What stands behind the command is too long.");
    CHECK(refused(frames_of(long_one)) == "That is no request, or one that is too long.");

    Request loud = asked;
    loud.input.assign(input_bytes_max + 1, 'i');
    CHECK(too_large(loud) == "The standard input is longer than 1 MiB.");
    CHECK(refused(frames_of(loud)) == "The standard input is longer than 1 MiB.");

    Request zero = asked;
    zero.arguments = {std::string{"a\0b", 3}};
    CHECK(too_large(zero) == "There is a zero byte in a word behind the command.");
}

TEST_CASE("Admin request: after a refusal nothing is kept") {
    RequestReader reader;
    reader.feed(question(std::string{"\0/\0x\0", 5}));
    CHECK(reader.feed(question("again")) == State::is_refused);
    CHECK(reader.request() == Request{});
    CHECK(reader.feed(frames_of(asked)) == State::is_refused);
    CHECK(reader.request() == Request{});
}

TEST_CASE("Admin request: a hello says who answers") {
    const Hello hello{.version = "0.1.0", .folder = "8:12"};
    FrameReader frames{piece_bytes_max};
    frames.feed(frame_of(hello));
    const auto frame = frames.next();
    REQUIRE(frame);
    CHECK(hello_in(frame->payload) == hello);
    CHECK_FALSE(hello_in("0.1.0"));
    CHECK_FALSE(hello_in({}));
}

}  // namespace etakahvila::admin
