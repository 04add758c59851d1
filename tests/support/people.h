// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtGlobal>
#include <type_traits>
#include <utility>

namespace countersign::test {

/// The people of every test workspace, by full name. Their passphrase is `passphrase`.
namespace people {
inline constexpr auto administrator = "Administrator, Models";
inline constexpr auto owner = "Model owner, Credit";
inline constexpr auto developer = "Developer, Credit";
inline constexpr auto validator = "Validator, Risk";
inline constexpr auto approver = "Approver, Risk";
inline constexpr auto approver2 = "Approver, Finance";
inline constexpr auto executive = "Executive reader, Board";
inline constexpr auto auditor = "Auditor, Internal";
} // namespace people

inline constexpr auto passphrase = "correct horse battery";

/// The value of a result that a test cannot go on without; ends the test program with the error's words otherwise.
template <class T>
T must(Result<T> result)
{
    if (!result)
        qFatal("%s", result.error().text().c_str());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace countersign::test
