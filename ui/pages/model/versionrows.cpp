// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/versionrows.h"

#include <algorithm>

#include "core/base/decimal.h"
#include "ui/pages/model/words.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QString validationText(const Registry &registry, const VersionId &version)
{
    const auto *validation = registry.latestValidation(version);
    if (validation == nullptr)
        return {};
    return u"%1, %2"_s.arg(toQt(displayName(validation->outcome)), dateText(dateOf(validation->at)));
}

QString documentNames(const Registry &registry, const VersionId &version)
{
    QStringList names;
    for (const auto *document : registry.documentsOf(version))
        names << u"%1 (%2)"_s.arg(toQt(document->fileName), toQt(displayName(document->kind)));
    return names.join(u'\n');
}

QString monitoringText(const Registry &registry, const VersionId &version)
{
    const auto *run = registry.latestRun(version);
    if (run == nullptr)
        return {};
    QStringList parts{toQt(displayName(run->health)), dateText(dateOf(run->at))};
    if (!run->performance.empty())
        parts << toQt(run->performance);
    return parts.join(u", "_s);
}

QString conditionText(const DueCondition &condition)
{
    return condition.metOn
               ? tr("%1 (%2, met on %3)").arg(toQt(condition.text), toQt(condition.owner), dateText(condition.metOn))
               : tr("%1 (%2, by %3)").arg(toQt(condition.text), toQt(condition.owner), dateText(condition.dueOn));
}

/// The key of a row is `of` and the place of the condition, apart by a stroke.
void appendConditions(const Registry &registry, const QString &of, const std::vector<DueCondition> &conditions,
                      Date today, QList<Row> &rows)
{
    for (std::size_t at = 0; at < conditions.size(); ++at) {
        const auto &condition = conditions[at];
        Row row{u"%1/%2"_s.arg(of).arg(at), {}};
        Cell text(toQt(condition.text));
        if (condition.metOn)
            text.toolTip =
                tr("%1\n%2: %3").arg(toQt(condition.text), nameOf(registry, condition.metBy), toQt(condition.evidence));
        const auto state =
            condition.metOn
                ? BadgeStyle{tr("Met %1").arg(dateText(condition.metOn)), Theme::Colour::green, BadgeShape::circle}
            : condition.dueOn < today ? BadgeStyle{tr("Overdue"), Theme::Colour::red, BadgeShape::triangle}
                                      : BadgeStyle{tr("Open"), Theme::Colour::amber, BadgeShape::square};
        row.cells << text << Cell(toQt(condition.owner)) << Cell(dateText(condition.dueOn)) << Cell(state);
        rows << row;
    }
}

} // namespace

QStringList versionHeadings()
{
    return {tr("Version"),           tr("Stage"),         tr("Method"),   tr("Deployed"),
            tr("Latest validation"), tr("Latest health"), tr("Documents")};
}

QList<Row> versionRows(const Registry &registry, const ModelId &model)
{
    QList<Row> rows;
    auto versions = registry.versionsOf(model);
    std::reverse(versions.begin(), versions.end());
    qlonglong order = 0;
    for (const auto *version : versions) {
        Row row{toQt(version->id.str()), {}};
        const auto *run = registry.latestRun(version->id);
        const auto documents = static_cast<qlonglong>(registry.documentsOf(version->id).size());
        row.cells << Cell(toQt(version->label), order++)
                  << Cell(badgeFor(version->stage), static_cast<qlonglong>(version->stage))
                  << Cell(toQt(version->method)) << Cell(dateText(version->deployedOn))
                  << Cell(validationText(registry, version->id))
                  << (run == nullptr ? Cell(tr("Not monitored"))
                                     : Cell(badgeFor(run->health), static_cast<qlonglong>(run->health)));
        Cell count(documents == 0 ? tr("none") : countText(documents), documents);
        count.number = true;
        count.toolTip = documentNames(registry, version->id);
        row.cells << count;
        rows << row;
    }
    return rows;
}

QList<VersionField> versionFields(const Registry &registry, const ModelVersion &version)
{
    QList<VersionField> fields{{tr("Stage"), toQt(displayName(version.stage))},
                               {tr("Method"), toQt(version.method)},
                               {tr("Changes"), toQt(version.changes)},
                               {tr("Training data"), toQt(version.trainingData)},
                               {tr("Artefact"), toQt(version.artefact)},
                               {tr("Feature importance"), importanceText(version.importance)},
                               {tr("Deployed"), dateText(version.deployedOn)},
                               {tr("Latest validation"), validationText(registry, version.id)}};
    const Validation none;
    const auto *found = registry.latestValidation(version.id);
    const auto &validation = found ? *found : none;
    QStringList conditions;
    if (!validation.conditions.empty())
        conditions << toQt(validation.conditions);
    for (const auto &condition : validation.dueConditions)
        conditions << conditionText(condition);
    fields << VersionField{tr("Validation summary"), toQt(validation.summary)}
           << VersionField{tr("Conceptual soundness"), toQt(validation.conceptualSoundness)}
           << VersionField{tr("Outcomes analysis"), toQt(validation.outcomesAnalysis)}
           << VersionField{tr("Ongoing monitoring"), toQt(validation.ongoingMonitoring)}
           << VersionField{tr("Validation conditions"), conditions.join(u'\n')};
    fields << VersionField{tr("Latest monitoring"), monitoringText(registry, version.id)}
           << VersionField{tr("Documents"), documentNames(registry, version.id)};
    return fields;
}

QStringList comparisonHeadings(const QString &one, const QString &other)
{
    return {tr("Field"), tr("Version %1").arg(one), tr("Version %1").arg(other), tr("Compared")};
}

QList<Row> comparisonRows(const Registry &registry, const ModelVersion &one, const ModelVersion &other,
                          bool onlyDifferences)
{
    const auto before = versionFields(registry, one);
    const auto after = versionFields(registry, other);
    QList<Row> rows;
    for (qsizetype at = 0; at < before.size(); ++at) {
        const bool same = before[at].value == after[at].value;
        if (same && onlyDifferences)
            continue;
        const auto shown = [](const QString &value) { return value.isEmpty() ? u"–"_s : value; };
        Row row{before[at].name, {}};
        row.cells << Cell(before[at].name) << Cell(shown(before[at].value)) << Cell(shown(after[at].value))
                  << (same ? Cell(tr("same"))
                           : Cell(BadgeStyle{tr("differs"), Theme::Colour::accent, BadgeShape::triangle}));
        rows << row;
    }
    return rows;
}

QStringList documentHeadings()
{
    return {tr("Document"), tr("Kind"), tr("Size")};
}

QList<Row> documentRows(const Registry &registry, const VersionId &version)
{
    QList<Row> rows;
    for (const auto *document : registry.documentsOf(version)) {
        Row row{toQt(document->id.str()), {}};
        Cell name(toQt(document->fileName));
        name.toolTip = tr("%1\nSHA-256 %2").arg(toQt(document->fileName), toQt(document->hash.hex()));
        Cell size(sizeText(document->size), static_cast<qlonglong>(document->size));
        size.number = true;
        row.cells << name << Cell(toQt(displayName(document->kind))) << size;
        rows << row;
    }
    return rows;
}

QStringList conditionHeadings()
{
    return {tr("Condition"), tr("Owner"), tr("Due"), tr("State")};
}

QList<Row> conditionRows(const Registry &registry, const VersionId &version, Date today)
{
    QList<Row> rows;
    for (const auto &[id, validation] : registry.validations)
        if (validation.version == version)
            appendConditions(registry, toQt(id.str()), validation.dueConditions, today, rows);
    return rows;
}

QList<Row> conditionRows(const Registry &registry, const DeploymentRequest &request, Date today)
{
    QList<Row> rows;
    for (std::size_t at = 0; at < request.signOffs.size(); ++at)
        appendConditions(registry, QString::number(at), request.signOffs[at].dueConditions, today, rows);
    return rows;
}

QString importanceText(const std::vector<FeatureImportance> &importance)
{
    auto sorted = importance;
    std::stable_sort(sorted.begin(), sorted.end(), [](const FeatureImportance &a, const FeatureImportance &b) {
        return a.importance > b.importance;
    });
    QStringList parts;
    for (const auto &feature : sorted)
        parts << u"%1 %2"_s.arg(toQt(feature.feature), toQt(fixed(feature.importance, 2)));
    return parts.join(u", "_s);
}

} // namespace countersign
