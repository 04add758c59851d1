// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <utility>

namespace countersign {

std::string Error::text() const
{
    return remedy.empty() ? what : what + " " + remedy;
}

const char *toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound:
        return "not found";
    case ErrorCode::Conflict:
        return "conflict";
    case ErrorCode::InvalidInput:
        return "invalid input";
    case ErrorCode::Forbidden:
        return "forbidden";
    case ErrorCode::Io:
        return "input/output";
    case ErrorCode::Corrupt:
        return "corrupt";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Internal:
        break;
    }
    return "internal";
}

Exception::Exception(Error error)
    : m_error(std::move(error))
    , m_text(m_error.text())
{
}

Exception::Exception(ErrorCode code, std::string what, std::string remedy)
    : Exception(Error{code, std::move(what), std::move(remedy)})
{
}

} // namespace countersign
