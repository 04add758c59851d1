// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/domain/model.h"

namespace countersign {

/// One field that somebody changed since the editor was opened.
struct MergeField
{
    std::string field; ///< member of Model
    std::string title; ///< in words
    std::string base;
    std::string mine;
    std::string theirs;
    bool conflict = false;   ///< both changed it, to different values
    bool fromTheirs = false; ///< what is proposed: only they changed it
};

/// Every field in which mine or theirs differs from base, conflicts first.
[[nodiscard]] std::vector<MergeField> compareModels(const Model &base, const Model &mine, const Model &theirs);

/// Theirs, with each field of mine that I changed, except those named in `takeTheirs`. The revision is theirs, so that
/// it can be saved.
[[nodiscard]] Model mergeModels(const Model &base, const Model &mine, const Model &theirs,
                                const std::set<std::string> &takeTheirs);

} // namespace countersign
