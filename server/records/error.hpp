#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace etakahvila::records {

/// What went wrong with a statement, for whoever has to act on it.
enum class Fault : std::uint8_t {
    /// There is such a row already. The statement did nothing.
    unique,
    /// There is no room. The transaction is undone, or is to be.
    full,
    /// The database cannot be written or read by this connection any more.
    lost,
    /// Somebody else was in the way; the same may be tried again.
    aborted,
    /// The statement did nothing: it is wrong, or something that it depends on is not so.
    other
};

/// Thrown when the database refuses or is broken, never for a refusal of the records' own rules. It holds the text of
/// the statement at most, and none of its values: it says nothing of a person.
class Error : public std::runtime_error {
public:
    Error(Fault fault, const std::string& sentence) : std::runtime_error{sentence}, fault_{fault} {}
    Fault fault() const { return fault_; }

private:
    Fault fault_;
};

}  // namespace etakahvila::records
