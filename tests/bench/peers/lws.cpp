// The bench's peer on libwebsockets: whoever connects to /N is in room N, and gets what anyone in it says.
//   etakahvila-bench-lws PORT [CERTIFICATE KEY]

#include <array>
#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <libwebsockets.h>

namespace {

/// With the room in front that the library wants for the frame's head.
using Frame = std::shared_ptr<std::string>;

struct Person {
    std::string room;
    std::string unread;
    std::deque<Frame> waiting;
};

std::map<std::string, std::set<lws*>> rooms;

Person*& person_of(void* user) { return *static_cast<Person**>(user); }

void broadcast(const std::string& room, const std::string& text) {
    const auto frame = std::make_shared<std::string>(LWS_PRE, '\0');
    frame->append(text);
    for (auto* each : rooms[room]) {
        person_of(lws_wsi_user(each))->waiting.push_back(frame);
        lws_callback_on_writable(each);
    }
}

int talk(lws* line, lws_callback_reasons reason, void* user, void* in, size_t length) {
    switch (reason) {
        case LWS_CALLBACK_ESTABLISHED: {
            std::array<char, 64> path{};
            lws_hdr_copy(line, path.data(), path.size(), WSI_TOKEN_GET_URI);
            person_of(user) = new Person{.room = path.data(), .unread = {}, .waiting = {}};
            rooms[path.data()].insert(line);
            return 0;
        }
        case LWS_CALLBACK_CLOSED:
            rooms[person_of(user)->room].erase(line);
            delete person_of(user);
            return 0;
        case LWS_CALLBACK_RECEIVE: {
            auto& person = *person_of(user);
            person.unread.append(static_cast<const char*>(in), length);
            if (lws_remaining_packet_payload(line) != 0 || lws_is_final_fragment(line) == 0) return 0;
            broadcast(person.room, std::exchange(person.unread, {}));
            return 0;
        }
        case LWS_CALLBACK_SERVER_WRITEABLE: {
            auto& waiting = person_of(user)->waiting;
            while (!waiting.empty()) {
                const auto frame = waiting.front();
                waiting.pop_front();
                const auto size = frame->size() - LWS_PRE;
                // The head goes in front of the text, the same for all.
                if (lws_write(line, reinterpret_cast<unsigned char*>(frame->data()) + LWS_PRE, size, LWS_WRITE_TEXT) <
                    static_cast<int>(size))
                    return -1;
                if (lws_send_pipe_choked(line) != 0) break;
            }
            if (!waiting.empty()) lws_callback_on_writable(line);
            return 0;
        }
        default: return 0;
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    lws_set_log_level(LLL_ERR, nullptr);
    const std::array<lws_protocols, 2> protocols{lws_protocols{.name = "relay",
                                                     .callback = talk,
                                                     .per_session_data_size = sizeof(Person*),
                                                     .rx_buffer_size = 4096,
                                                     .id = 0,
                                                     .user = nullptr,
                                                     .tx_packet_size = 0},
        lws_protocols{}};
    lws_context_creation_info info{};
    info.port = std::atoi(argv[1]);
    info.iface = "127.0.0.1";
    info.protocols = protocols.data();
    if (argc > 3) {
        info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
        info.ssl_cert_filepath = argv[2];
        info.ssl_private_key_filepath = argv[3];
    }
    auto* context = lws_create_context(&info);
    if (context == nullptr) return 1;
    while (lws_service(context, 0) >= 0) {}
    lws_context_destroy(context);
}
