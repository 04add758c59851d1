// SPDX-License-Identifier: GPL-3.0-or-later
//
// A policy pack is versioned data: roles, tier method, controls, who must sign, monitoring limits. The product knows
// no rule that is not in one. Packs are JSON (resources/policies); doubles are decimal strings.
#pragma once

#include "core/domain/governance.h"

namespace countersign {

struct TierAnswerOption
{
    std::string id;
    std::string text;
    double points = 0; ///< 0 to 100
};
BOOST_DESCRIBE_STRUCT(TierAnswerOption, (), (id, text, points))

struct TierFactor
{
    std::string id;
    std::string question;
    std::string help;
    double weight = 1; ///< weights of a method add up to 1
    std::vector<TierAnswerOption> answers;
};
BOOST_DESCRIBE_STRUCT(TierFactor, (), (id, question, help, weight, answers))

/// Score = sum over factors of weight x points of the chosen answer, each product rounded to a millionth, so that it is
/// the same on every machine; the tier is the first whose minimum it reaches.
struct TierMethod
{
    std::string id;
    std::int64_t version = 1;
    std::string title;
    std::vector<TierFactor> factors;
};
BOOST_DESCRIBE_STRUCT(TierMethod, (), (id, version, title, factors))

struct TierLevel
{
    std::int64_t level = 1; ///< 1 is the riskiest
    std::string label;      ///< the organisation's own: "Tier 1, critical"
    double minimumScore = 0;
    std::vector<std::string> controls;
    std::vector<RequiredSignature> signatures; ///< for a deployment
    std::int64_t reviewMonths = 12;
    bool validationRequired = true;
    bool monitoringRequired = true;
    std::vector<std::string> requiredDocuments; ///< DocumentKind names
};
BOOST_DESCRIBE_STRUCT(TierLevel, (),
                      (level, label, minimumScore, controls, signatures, reviewMonths, validationRequired,
                       monitoringRequired, requiredDocuments))

struct MonitoringLimits
{
    double psiAmber = 0.10;
    double psiRed = 0.25;
    std::int64_t minimumRows = 100;
    double aucDropAmber = 0.03;
    double aucDropRed = 0.05;
    double rmseRatioAmber = 1.10;
    double rmseRatioRed = 1.25;
    std::string setBy;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(MonitoringLimits, (),
                      (psiAmber, psiRed, minimumRows, aucDropAmber, aucDropRed, rmseRatioAmber, rmseRatioRed, setBy,
                       reason))

/// What keeps people apart. A pack lists the rules that hold; one that says nothing has them all.
enum class SeparationRule {
    requesterDoesNotSign,
    ownerDoesNotSign,
    developerDoesNotSign,
    validatorDoesNotApprove, ///< the model's validator, or whoever validated the version, signs only as validator
    oneSignaturePerPerson,
    developerDoesNotValidate,
    ownerDoesNotValidate,
    raiserDoesNotCloseFinding,
    findingOwnerDoesNotCloseFinding,
    assessorDoesNotConfirmOverride,
    ownerDoesNotConfirmOverride,
    nobodyExtendsOwnRoles
};
BOOST_DESCRIBE_ENUM(SeparationRule, requesterDoesNotSign, ownerDoesNotSign, developerDoesNotSign,
                    validatorDoesNotApprove, oneSignaturePerPerson, developerDoesNotValidate, ownerDoesNotValidate,
                    raiserDoesNotCloseFinding, findingOwnerDoesNotCloseFinding, assessorDoesNotConfirmOverride,
                    ownerDoesNotConfirmOverride, nobodyExtendsOwnRoles)

struct PolicyPack
{
    std::string id;
    std::int64_t version = 1;
    std::string title;
    std::string basis;                                 ///< the guidance it follows, with date
    std::map<std::string, std::set<Role>> permissions; ///< factName -> roles
    TierMethod tierMethod;
    std::vector<TierLevel> tiers; ///< riskiest first
    MonitoringLimits monitoring;
    std::map<std::string, std::string> meanings; ///< Decision name -> the statement a signature means
    std::set<SeparationRule> separation;         ///< the rules in force
    /// Decision name -> ids of the checks (deploymentChecks) that may fail when it is signed. An approval that is not
    /// named here needs every check; requesting changes and refusing need none.
    std::map<std::string, std::set<std::string>> toleratedFailures;

    [[nodiscard]] const TierLevel *tier(std::int64_t level) const;
    [[nodiscard]] std::string tierLabel(std::int64_t level) const; ///< "Not tiered" for none
    [[nodiscard]] std::string meaning(Decision decision) const;
    [[nodiscard]] bool holds(SeparationRule rule) const { return separation.contains(rule); }
};
BOOST_DESCRIBE_STRUCT(PolicyPack, (),
                      (id, version, title, basis, permissions, tierMethod, tiers, monitoring, meanings, separation,
                       toleratedFailures))

/// Parses and checks a pack: weights add up, tiers cover all scores and every one is reachable, roles and fact names
/// are known, every permission and signature can be given by somebody, nothing is misspelt. Throws InvalidInput naming
/// the place, as "tiers[1].minimumScore".
[[nodiscard]] PolicyPack parsePolicyPack(std::string_view text);

} // namespace countersign
