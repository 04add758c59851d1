// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace countersign {

/// The translation of a text that belongs to no class of its own; classes use theirs.
[[nodiscard]] inline QString tr(const char *text)
{
    return QCoreApplication::translate("Countersign", text);
}

} // namespace countersign
