// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/modelmerge.h"

#include <algorithm>

#include "core/domain/differences.h"

namespace countersign {

namespace {

bool bookkeeping(std::string_view member)
{
    return member == "id" || member == "revision";
}

} // namespace

std::vector<MergeField> compareModels(const Model &base, const Model &mine, const Model &theirs)
{
    std::vector<MergeField> fields;
    forEachMember<Model>([&](std::string_view name, auto member) {
        const bool iChanged = mine.*member != base.*member;
        const bool theyChanged = theirs.*member != base.*member;
        if (bookkeeping(name) || (!iChanged && !theyChanged))
            return;
        fields.push_back({std::string(name), fieldInWords(name), valueInWords(base.*member), valueInWords(mine.*member),
                          valueInWords(theirs.*member), iChanged && theyChanged && mine.*member != theirs.*member,
                          theyChanged && !iChanged});
    });
    std::stable_partition(fields.begin(), fields.end(), [](const MergeField &field) { return field.conflict; });
    return fields;
}

Model mergeModels(const Model &base, const Model &mine, const Model &theirs, const std::set<std::string> &takeTheirs)
{
    auto merged = theirs;
    forEachMember<Model>([&](std::string_view name, auto member) {
        if (!bookkeeping(name) && mine.*member != base.*member && !takeTheirs.contains(std::string(name)))
            merged.*member = mine.*member;
    });
    return merged;
}

} // namespace countersign
