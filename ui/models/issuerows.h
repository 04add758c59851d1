// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the register shows by itself, for the Home page: issues without a finding yet, and signatures whose ground has
// moved.
#pragma once

#include "core/policy/detected.h"
#include "core/policy/staleness.h"
#include "ui/models/recordmodel.h"

namespace countersign {

struct IssueRow
{
    QString key;
    QString kind;
    BadgeStyle badge;
    int rank = 0; ///< severest first
    ModelId model;
    QString modelName;
    QString about;
    QString detail;
    QString tab; ///< of the Model page, where it is dealt with
    QString item;
    bool becomesFinding = false; ///< as soon as somebody who may raise findings signs in or acts
};

/// Detected issues, retrainings that nobody has asked for, then stale sign-offs, one line for each request.
[[nodiscard]] std::vector<IssueRow> issueRows(const PolicyPack &pack, const Registry &registry, Date today);
[[nodiscard]] std::vector<RecordColumn<IssueRow>> issueColumns();
/// The tab of the Model page that shows what an issue is about.
[[nodiscard]] QString tabOf(IssueKind kind);

} // namespace countersign
