#pragma once

// What the client's parts share. Not for others: it brings in the socket library.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>

#include "client/client_loop.hpp"

namespace etakahvila::client {

struct ClientLoop::Core {
    boost::asio::io_context context{1};
    boost::asio::signal_set signals{context};
};

}  // namespace etakahvila::client
