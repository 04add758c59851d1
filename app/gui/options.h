// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

namespace countersign {

/// countersign [FILE] [--read-only] [--keystore DIR] [--pictures DIR] [--demo]
struct Options
{
    QString file;
    bool readOnly = false;
    QString keystore;
    QString pictures; ///< not empty: take pictures of every page into this folder, and end
    bool demo = false;
};

/// What the arguments say; nothing when the program is to end at once with `exitCode`, after printing why or the help.
[[nodiscard]] std::optional<Options> parseOptions(const QStringList &arguments, int &exitCode);

} // namespace countersign
