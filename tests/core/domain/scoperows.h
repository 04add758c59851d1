// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a scope decision must be, whatever the policy says.
#pragma once

#include "tests/core/domain/consistencyrows.h"

namespace world {

inline ScopeDecided outOfScope(const ModelId &model)
{
    return {model,       {{"method", "Is it a quantitative method?", false}},
            "non-model", "Not a model",
            false,       "It adds up figures.",
            -1};
}

inline std::vector<Row> scopeRows()
{
    const auto decided = [](bool second, auto change) {
        return [=](Full &full) {
            auto fact = outOfScope(ModelId("m1"));
            if (second) {
                full.does(full.owner, {fact});
                fact.basedOn = full.registry.scopes.at(fact.model).revision;
            }
            change(fact);
            return std::vector<Fact>{fact};
        };
    };
    using S = ScopeDecided;
    return {
        {"scope", {}, "", decided(false, [](S &) {})},
        {"scope again", {}, "", decided(true, [](S &) {})},
        {"scope of nothing", ErrorCode::NotFound, "no model",
         decided(false, [](S &fact) { fact.model = ModelId("nowhere"); })},
        {"scope of a retired model", ErrorCode::Conflict, "retired",
         decided(false, [](S &fact) { fact.model = ModelId("m3"); })},
        {"scope on an older decision", ErrorCode::Conflict, "was changed meanwhile by Olga Owner",
         decided(true, [](S &fact) { fact.basedOn = -1; })},
        {"first scope on a decision", ErrorCode::Conflict, "was changed meanwhile",
         decided(false, [](S &fact) { fact.basedOn = 3; })},
        {"scope answered twice", ErrorCode::InvalidInput, "answered twice",
         decided(false, [](S &fact) { fact.answers.push_back(fact.answers.front()); })},
        {"scope, unprintable reason", ErrorCode::InvalidInput, "reason",
         decided(false, [](S &fact) { fact.reason = "a\x01"; })},
    };
}

} // namespace world
