// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/domain/registry.h"

class QComboBox;

namespace countersign {

/// Everybody active by full name, sorted.
[[nodiscard]] QStringList activePeople(const Registry &registry);
/// Offers everybody active by full name; another name can be typed.
void offerPeople(QComboBox &choice, const Registry &registry);

} // namespace countersign
