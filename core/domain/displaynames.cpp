// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/governance.h"
#include "core/domain/model.h"
#include "core/domain/registers.h"
#include "core/domain/text.h"

namespace countersign {

namespace {

/// "notEnoughData" as "Not enough data".
template <class E>
std::string sentenceCase(E value)
{
    auto words = fieldInWords(enumName(value));
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
        words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

} // namespace

std::string displayName(Stage stage)
{
    return sentenceCase(stage);
}

std::string displayName(Origin origin)
{
    switch (origin) {
    case Origin::inHouse:
        return "In-house";
    case Origin::vendor:
        return "Vendor";
    case Origin::openSource:
        return "Open source";
    }
    return {};
}

std::string displayName(ModelKind kind)
{
    return sentenceCase(kind);
}

std::string displayName(VersionStage stage)
{
    return sentenceCase(stage);
}

std::string displayName(DocumentKind kind)
{
    return sentenceCase(kind);
}

std::string displayName(ValidationOutcome outcome)
{
    switch (outcome) {
    case ValidationOutcome::fit:
        return "Fit for purpose";
    case ValidationOutcome::fitWithConditions:
        return "Fit with conditions";
    case ValidationOutcome::notFit:
        return "Not fit";
    }
    return {};
}

std::string displayName(Severity severity)
{
    return sentenceCase(severity);
}

std::string displayName(IssueKind kind)
{
    return sentenceCase(kind);
}

std::string displayName(Health health)
{
    return sentenceCase(health);
}

std::string displayName(Decision decision)
{
    return sentenceCase(decision);
}

std::string displayName(RequestStatus status)
{
    return sentenceCase(status);
}

std::string displayName(ExceptionKind kind)
{
    return kind == ExceptionKind::policyException ? "Exception from policy" : "Use before validation";
}

std::string displayName(ExceptionStatus status)
{
    return sentenceCase(status);
}

std::string displayName(ProposalStatus status)
{
    return sentenceCase(status);
}

std::string nounOf(RecordKind kind)
{
    return kind == RecordKind::policyException ? "exception" : enumName(kind);
}

std::string displayName(Role role)
{
    return sentenceCase(role);
}

std::optional<Role> roleFromText(std::string_view text)
{
    const auto wanted = foldedName(text);
    for (const auto role : enumValues<Role>())
        if (wanted == foldedName(enumName(role)) || wanted == foldedName(displayName(role)))
            return role;
    return std::nullopt;
}

} // namespace countersign
