// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reports of the product. Pure functions of the register: the same facts give the same bytes.
#pragma once

#include "core/policy/policypack.h"
#include "core/report/brief.h"
#include "core/report/portfolio.h"
#include "core/report/report.h"

namespace countersign {

/// Everything about one model, history included. Throws NotFound.
[[nodiscard]] Report modelReport(const PolicyPack &pack, const Registry &registry, const ModelId &model);

/// What a signer decides on, to be printed.
[[nodiscard]] Report briefReport(const Brief &brief);
/// The same on one page of paper, for those who decide: what is longer is cut, what is more is counted.
[[nodiscard]] Report onePageBrief(const Brief &brief);

/// An attestation campaign: who answered what for which model, who has not, and what changed meanwhile.
[[nodiscard]] Report campaignReport(const PolicyPack &pack, const Registry &registry, const Campaign &campaign);

/// Everything that a policy asks, part by part.
[[nodiscard]] Report policyReport(const PolicyPack &pack);

/// All models on at most four A4 pages, whatever their number: lists are cut and say how many more there are.
[[nodiscard]] Report portfolioReport(const Portfolio &portfolio);

/// What the verification of the exported file said, in words.
struct EvidenceFacts
{
    std::string origin;
    std::int64_t entries = 0;
    std::int64_t signatures = 0;
    std::string root; ///< hexadecimal
    std::string checkpoint;
    std::vector<std::string> faults; ///< none: the file verified
    UtcTime exportedAt{};
};

/// The report inside an evidence package: verification, inventory, every model, acts outside policy.
[[nodiscard]] Report evidenceReport(const PolicyPack &pack, const Registry &registry, const EvidenceFacts &facts);

/// Every line of the timeline: seq, time, author, fact, model, summary, changes, forbidden.
[[nodiscard]] std::string timelineCsv(const Registry &registry);

} // namespace countersign
