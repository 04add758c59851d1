// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/registry.h"

class QComboBox;

namespace countersign {

/// Offers everybody active by full name; another name can be typed.
void offerPeople(QComboBox &choice, const Registry &registry);

} // namespace countersign
