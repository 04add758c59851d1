// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/inventoryfields.h"

#include <algorithm>

namespace countersign {

namespace {

/// The words of an enumeration are its display names and its JSON names, in any case and punctuation.
template <class E>
E readWord(const std::string &text)
{
    std::string known;
    for (const E value : enumValues<E>()) {
        if (headingKey(text) == headingKey(displayName(value)) || headingKey(text) == headingKey(enumName(value)))
            return value;
        known += (known.empty() ? "" : ", ") + displayName(value);
    }
    throw Exception(ErrorCode::InvalidInput, "\"" + text + "\" is none of: " + known + ".");
}

/// One item a line, or separated by semicolons where there is a single line.
std::vector<std::string> readList(const std::string &text)
{
    const char separator = text.find('\n') != std::string::npos ? '\n' : ';';
    std::vector<std::string> items;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(separator, begin), text.size());
        if (auto item = trimmedCell(std::string_view(text).substr(begin, end - begin)); !item.empty())
            items.push_back(std::move(item));
        begin = end + 1;
    }
    return items;
}

std::string writeList(const std::vector<std::string> &items)
{
    const bool perLine =
        std::any_of(items.begin(), items.end(), [](const auto &item) { return item.find(';') != std::string::npos; });
    std::string text;
    for (const auto &item : items)
        text += (text.empty() ? "" : perLine ? "\n" : "; ") + item;
    return perLine && items.size() == 1 ? text + '\n' : text;
}

template <auto member>
void readMember(const std::string &text, Model &model)
{
    auto &target = model.*member;
    using T = std::remove_reference_t<decltype(target)>;
    if constexpr (std::is_same_v<T, std::string>)
        target = trimmedCell(text);
    else if constexpr (std::is_same_v<T, std::vector<std::string>>)
        target = readList(text);
    else if constexpr (std::is_same_v<T, std::optional<Date>>)
        target = readDay(trimmedCell(text));
    else
        target = readWord<T>(trimmedCell(text));
}

template <auto member>
std::string writeMember(const Model &model)
{
    const auto &source = model.*member;
    using T = std::remove_cvref_t<decltype(source)>;
    if constexpr (std::is_same_v<T, std::string>)
        return source;
    else if constexpr (std::is_same_v<T, std::vector<std::string>>)
        return writeList(source);
    else if constexpr (std::is_same_v<T, std::optional<Date>>)
        return source ? toString(*source) : std::string();
    else
        return displayName(source);
}

template <auto member>
InventoryColumn column(const char *name, const char *title, const char *help, std::vector<std::string> synonyms,
                       bool required = false)
{
    return {{name, title, required, help}, std::move(synonyms), &readMember<member>, &writeMember<member>};
}

} // namespace

const std::vector<InventoryColumn> &inventoryColumns()
{
    static const std::vector<InventoryColumn> columns{
        column<&Model::reference>("reference", "Reference", "The organisation's own identifier, unique",
                                  {"id", "modelid", "modelreference", "modelnumber", "modelno", "ref", "inventoryid",
                                   "identifier", "number", "code", "modelcode", "uniqueid"},
                                  true),
        column<&Model::name>("name", "Name", "What people call the model",
                             {"modelname", "title", "model", "modeltitle"}, true),
        column<&Model::description>("description", "Description", "What the model is, in a sentence or two",
                                    {"modeldescription", "summary", "overview"}),
        column<&Model::kind>("kind", "Kind", "Statistical, machine learning, expert judgement, rules, spreadsheet",
                             {"modelkind", "type", "modeltype", "category", "methodology", "technique"}),
        column<&Model::purpose>("purpose", "Purpose", "What decisions it serves",
                                {"intendeduse", "modelpurpose", "intendedpurpose", "businesspurpose", "use"}, true),
        column<&Model::businessUnit>(
            "businessUnit", "Business unit", "Who uses it",
            {"unit", "department", "lineofbusiness", "lob", "division", "businessline", "businessarea"}),
        column<&Model::approvedUses>("approvedUses", "Approved uses", "Uses that were approved",
                                     {"approveduse", "permitteduses", "permitteduse", "allowedusage"}),
        column<&Model::actualUse>("actualUse", "Actual use", "What it is used for today",
                                  {"actualuses", "currentuse", "usage"}),
        column<&Model::restrictions>("restrictions", "Restrictions", "Limits put on its use",
                                     {"restriction", "userestrictions", "restrictionsonuse"}),
        column<&Model::assumptions>("assumptions", "Assumptions", "What it takes for granted",
                                    {"keyassumptions", "modelassumptions"}),
        column<&Model::limitations>("limitations", "Limitations", "Where it is known to be weak",
                                    {"knownlimitations", "modellimitations", "weaknesses"}),
        column<&Model::inputs>(
            "inputs", "Inputs", "Inputs and data sources, separated by semicolons",
            {"inputsanddatasources", "datasources", "datasource", "input", "inputdata", "keyinputs"}),
        column<&Model::outputs>("outputs", "Outputs", "What it produces", {"output", "modeloutput", "modeloutputs"}),
        column<&Model::dependencies>("dependencies", "Dependencies",
                                     "References of models that feed it, separated by semicolons",
                                     {"dependson", "feedermodels", "upstreammodels", "upstream", "interdependencies"}),
        column<&Model::owner>("owner", "Owner", "Full name of the model's owner",
                              {"modelowner", "businessowner", "ownername", "accountableowner"}, true),
        column<&Model::developer>("developer", "Developer", "Full name of its developer",
                                  {"modeldeveloper", "developedby", "developers", "developername"}),
        column<&Model::validator>("validator", "Validator", "Full name of who validates it",
                                  {"modelvalidator", "validatedby", "independentvalidator", "validatorname"}),
        column<&Model::approver>("approver", "Approver", "Full name of who approves it",
                                 {"modelapprover", "approvedby", "approvername", "signoff"}),
        column<&Model::origin>("origin", "Origin", "In house, vendor or open source",
                               {"source", "modelorigin", "modelsource", "internalorexternal"}),
        column<&Model::vendor>("vendor", "Vendor", "Who supplies it", {"vendorname", "supplier", "provider"}),
        column<&Model::stage>("stage", "Stage", "Proposed to retired",
                              {"status", "lifecycle", "lifecyclestage", "modelstatus", "state", "modelstage"}),
        column<&Model::policyStage>("policyStage", "Policy stage", "A stage that the policy adds: its id or label",
                                    {"substage", "detailedstage", "policystatus"}),
        column<&Model::deployedOn>("deployedOn", "Deployed on", "First day in production",
                                   {"deployed", "deploymentdate", "golive", "golivedate", "productiondate",
                                    "implementationdate", "datedeployed", "inusesince"}),
        column<&Model::lastValidatedOn>("lastValidatedOn", "Last validated on", "Day of the last validation",
                                        {"lastvalidated", "lastvalidation", "lastvalidationdate", "validationdate",
                                         "datevalidated", "dateoflastvalidation"}),
        column<&Model::nextReviewOn>("nextReviewOn", "Planned review on", "Day that the next review is planned on",
                                     {"nextreview", "plannedreview", "nextreviewdate", "reviewdate", "reviewdue",
                                      "duedate", "nextvalidationdate", "nextvalidation", "dateofnextreview"}),
        column<&Model::retiredOn>(
            "retiredOn", "Retired on", "Day it was decommissioned",
            {"retired", "retirementdate", "decommissioned", "decommissionedon", "decommissiondate", "dateretired"}),
        column<&Model::retirementReason>("retirementReason", "Retirement reason", "Why it was decommissioned",
                                         {"reasonforretirement", "decommissioningreason", "decommissionreason"}),
    };
    return columns;
}

} // namespace countersign
