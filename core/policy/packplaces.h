// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may stand at each place of a pack's JSON, for editors: its kind, the words it may be, and what a fresh one is.
#pragma once

#include "core/base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace countersign {

enum class PlaceKind { text, whole, decimal, yesNo, day, word, list, map, record };

struct PackPlace
{
    PlaceKind kind = PlaceKind::text;
    bool optional = false;          ///< null stands for nothing
    std::vector<std::string> words; ///< of a word or text: what it may be; of a map: its keys. Empty: anything
    json::value freshItem;          ///< of a list or map: a new item; else null
};

/// The place at "tiers[1].signatures[0].role"; the empty path is the pack. Nothing where a pack has no such place.
/// Indexes and the keys of maps need not be there.
[[nodiscard]] std::optional<PackPlace> packPlace(std::string_view path);

} // namespace countersign
