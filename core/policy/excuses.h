// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which checks an approved exception from policy excuses: such a check counts as met while the exception holds, with
// the exception as the reason, at append and replay alike.
#pragma once

#include "core/policy/rules.h"

namespace countersign {

/// The ids of the checks that a pack may let exceptions excuse: those of controlCheckIds() without the validation, for
/// which use before validation is an exception of its own kind, and the signatures.
[[nodiscard]] std::vector<std::string> excusableCheckIds();
/// "Documentation attached": a check of controlCheckIds(), in words.
[[nodiscard]] std::string checkTitle(std::string_view id);

/// What an exception may excuse.
struct Excusable
{
    std::string id; ///< as PolicyException::excuses
    std::string title;
};
/// Of PolicyPack::excusableChecks, those that the policy asks of a model of that tier and origin before a deployment,
/// on entry to a stage or by the control matrix; and, where "fields" is one, each field that it asks for.
[[nodiscard]] std::vector<Excusable> excusablesOf(const PolicyPack &pack, const Registry &registry, const Model &model);
/// What `excuses` (PolicyException) names: "Documentation attached", "Field: approved uses".
[[nodiscard]] std::string excusedInWords(const std::string &excuses);
/// Why the exception does not excuse what it names, or nothing.
[[nodiscard]] std::optional<std::string> whyNotExcusable(const PolicyPack &pack, const Registry &registry,
                                                         const PolicyException &exception);

/// The approved exception that excuses the check (or "fields.NAME") on that day, of the model as a whole or of that
/// version; null: none.
[[nodiscard]] const PolicyException *excuseOf(const PolicyPack &pack, const Registry &registry, const ModelId &model,
                                              const VersionId &version, std::string_view check, Date today);
/// What stands in place of a failure: until when, by which exception, with which compensating control.
[[nodiscard]] std::string excuseInWords(const PolicyException &exception);

} // namespace countersign
