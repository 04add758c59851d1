// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <string>

namespace countersign {

enum class ErrorCode { NotFound, Conflict, InvalidInput, Forbidden, Io, Corrupt, Cancelled, Internal };

/// What went wrong, in words for the person at the screen: `what` says what and where, `remedy` what to do about it.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string what;
    std::string remedy;

    /// "what. remedy", for one line on standard error.
    [[nodiscard]] std::string text() const;
};

/// The name of a code as printed on the command line: "conflict", "invalid input", ...
[[nodiscard]] const char *toString(ErrorCode code);

/// Carries an Error through the inner rooms (log, store, monitoring, exchange). `workspace` turns it into a Result.
class Exception : public std::exception
{
public:
    explicit Exception(Error error);
    Exception(ErrorCode code, std::string what, std::string remedy = {});

    [[nodiscard]] const Error &error() const noexcept { return m_error; }
    [[nodiscard]] const char *what() const noexcept override { return m_text.c_str(); }

private:
    Error m_error;
    std::string m_text;
};

} // namespace countersign
