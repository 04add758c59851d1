// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shape of a pack's JSON against the described structs: what is misspelt, of the wrong type or not a known word.
#pragma once

#include "core/policy/rules.h"

namespace countersign {

/// Gathers faults; the line is filled in afterwards.
class PackFaults
{
public:
    void add(const std::string &path, const std::string &what);
    /// From now on only what does not follow from the faults so far is added.
    void closeShape() { m_shape = m_faults.size(); }
    [[nodiscard]] const std::vector<PolicyFault> &all() const { return m_faults; }

private:
    [[nodiscard]] bool follows(const std::string &path) const;

    std::vector<PolicyFault> m_faults;
    std::size_t m_shape = 0; ///< how many are faults of the shape
};

/// Every fault of the shape of `from`. What is at fault is replaced by its default there, so that the rest can be read.
void checkPackShape(json::value &from, PackFaults &faults);
/// Every fault of the contents of a pack whose shape is right.
void checkPackContents(const PolicyPack &pack, PackFaults &faults);
/// The parts beside roles, tiers and limits: scope, fields, controls, approvals, deputies, lifecycle, finding terms.
void checkPackParts(const PolicyPack &pack, PackFaults &faults);
/// The lifecycle and the stages that the pack adds to it.
void checkStages(const PolicyPack &pack, PackFaults &faults);
void checkTierMethod(const PolicyPack &pack, PackFaults &faults);
/// Whether scores, bands, cells and tiers fit together: no gap, no overlap, nothing out of reach. Does nothing while
/// the method itself is at fault.
void checkReachability(const PolicyPack &pack, PackFaults &faults);

/// "factors[2]".
[[nodiscard]] std::string placeIn(const std::string &list, std::size_t index);
/// Adds a fault when the text is blank.
void requireText(PackFaults &faults, const std::string &text, const std::string &path);
/// Adds a fault for each level that the pack has no tier for.
void requireTiers(PackFaults &faults, const PolicyPack &pack, const std::set<std::int64_t> &levels,
                  const std::string &path);
/// Adds a fault when `check` is not one of `known`: the ids of the deployment checks unless others are given.
void requireCheck(PackFaults &faults, const std::string &check, const std::string &path,
                  const std::vector<std::string> &known = checkIds());
/// Adds a fault unless reminder and time-out are days that can be, in that order; 0 is neither.
void requireDeadlines(PackFaults &faults, std::int64_t remindAfterDays, std::int64_t timeOutAfterDays,
                      const std::string &path);

/// Each role once, and one that may sign requests.
void requireSignatures(PackFaults &faults, const PolicyPack &pack, const std::vector<RequiredSignature> &signatures,
                       const std::string &path);

/// Remembers ids and names the second use of one, also in another spelling (foldedName).
class UniqueIds
{
public:
    explicit UniqueIds(PackFaults &faults)
        : m_faults(faults)
    {
    }
    void add(const std::string &id, const std::string &path);
    [[nodiscard]] bool has(const std::string &id) const { return m_seen.contains(id); }

private:
    PackFaults &m_faults;
    std::set<std::string> m_seen;
    std::map<std::string, std::string> m_folded; ///< by how it is compared, the first spelling
};

} // namespace countersign
