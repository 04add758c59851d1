// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>

#include "core/base/hash.h"

class QWidget;

namespace countersign {

struct Context;

/// Shows an attached file: text in a viewer of ours, anything else by the desktop from a copy among the temporary
/// files.
void openAttached(Context &context, QWidget *parent, const QString &fileName, const Hash256 &hash,
                  const std::string &bytes);

} // namespace countersign
