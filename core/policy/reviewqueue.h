// SPDX-License-Identifier: GPL-3.0-or-later
//
// When each model is reviewed next, why then, and by whom: the one place that says so.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"
#include "core/policy/supposition.h"

namespace countersign {

enum class ReviewCause {
    planned,        ///< a day was set, by a validation or by hand
    cadence,        ///< the intervals of the tier, from the last validation
    redMonitoring,  ///< the triggers of the policy (ReviewTrigger), when nothing was validated since
    materialChange, ///< a version was registered
    graveFinding,   ///< a high or critical finding is open
    newPolicy,
    neverValidated, ///< in use, and the tier asks for a validation
    inValidation    ///< a version was sent for validation
};
BOOST_DESCRIBE_ENUM(ReviewCause, planned, cadence, redMonitoring, materialChange, graveFinding, newPolicy,
                    neverValidated, inValidation)
[[nodiscard]] std::string displayName(ReviewCause cause);

struct ReviewReason
{
    ReviewCause cause = ReviewCause::planned;
    std::optional<Date> due; ///< none: this alone sets no day
    std::string text;        ///< a sentence
};
BOOST_DESCRIBE_STRUCT(ReviewReason, (), (cause, due, text))

/// One model that is not retired.
struct ReviewItem
{
    ModelId model;
    std::string reference;
    std::string name;
    std::int64_t tier = 0; ///< level in force, 0: not tiered
    std::string tierLabel;
    std::string owner;
    std::string validator; ///< who is to do it; empty: nobody is named
    std::optional<Date> lastValidatedOn;
    std::optional<ValidationOutcome> outcome; ///< of the newest validation in the register
    std::optional<Date> due;                  ///< the earliest of the reasons'
    std::int64_t days = 0;                    ///< from today until then, negative when overdue; 0 without a day
    std::vector<ReviewReason> reasons;        ///< the earliest first, those without a day last
    VersionId version;                        ///< to validate: sent for validation, else the newest; none: no version

    [[nodiscard]] bool overdue() const { return due && days < 0; }
    [[nodiscard]] bool dueWithin(std::int64_t horizon) const { return due && days <= horizon; }
};
BOOST_DESCRIBE_STRUCT(ReviewItem, (),
                      (model, reference, name, tier, tierLabel, owner, validator, lastValidatedOn, outcome, due, days,
                       reasons, version))

/// The first due first, models without a day last; then by reference. One pass over each kind of record. With
/// `supposed`, as if `pack` were in force by that.
[[nodiscard]] std::vector<ReviewItem> reviewQueue(const PolicyPack &pack, const Registry &registry, Date today,
                                                  const Supposition *supposed = nullptr);
/// The line of one model; none: it is retired or unknown.
[[nodiscard]] std::optional<ReviewItem> reviewOf(const PolicyPack &pack, const Registry &registry, Date today,
                                                 const ModelId &model);
/// The lines as CSV, for export.
[[nodiscard]] std::string reviewQueueCsv(const std::vector<const ReviewItem *> &items);

} // namespace countersign
