// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringsetup.h"

#include <QLocale>
#include <algorithm>

#include "core/domain/differences.h"
#include "ui/pages/model/words.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t defaultReferencePeriods = 3;

const PreviewColumn *find(const LogPreview &preview, const std::string &name)
{
    const auto found = std::find_if(preview.columns.begin(), preview.columns.end(),
                                    [&](const PreviewColumn &column) { return column.name == name; });
    return found == preview.columns.end() ? nullptr : &*found;
}

QString quoted(const std::string &name)
{
    return u"\""_s + toQt(name) + u'"';
}

QString figure(double value)
{
    return QString::number(value, 'f', 2);
}

bool fits(const ColumnRoles &roles, const LogPreview &preview)
{
    std::vector<std::string> names = roles.features;
    for (const auto *role :
         {&roles.time, &roles.score, &roles.prediction, &roles.target, &roles.segment, &roles.grade}) {
        if (!role->empty())
            names.push_back(*role);
    }
    return std::all_of(names.begin(), names.end(), [&](const std::string &name) { return find(preview, name); });
}

bool hasRole(const ColumnRoles &roles, const std::string &name)
{
    return name == roles.time || name == roles.score || name == roles.prediction || name == roles.target ||
           name == roles.segment;
}

void addRoleProblems(const ColumnRoles &roles, const LogPreview &preview, QStringList &problems)
{
    const std::vector<std::pair<QString, const std::string *>> named = {{tr("time"), &roles.time},
                                                                        {tr("score"), &roles.score},
                                                                        {tr("prediction"), &roles.prediction},
                                                                        {tr("target"), &roles.target},
                                                                        {tr("segment"), &roles.segment}};
    for (std::size_t i = 0; i < named.size(); ++i) {
        if (named[i].second->empty())
            continue;
        if (!find(preview, *named[i].second))
            problems << tr("The log has no column %1 for the %2.").arg(quoted(*named[i].second), named[i].first);
        for (std::size_t j = i + 1; j < named.size(); ++j) {
            if (*named[i].second == *named[j].second)
                problems
                    << tr("Column %1 is both %2 and %3.").arg(quoted(*named[i].second), named[i].first, named[j].first);
        }
    }
    if (!roles.grade.empty() && !find(preview, roles.grade))
        problems << tr("The log has no column %1 for the %2.").arg(quoted(roles.grade), tr("rating grade"));
    for (const auto *numeric : {&roles.score, &roles.prediction}) {
        const PreviewColumn *column = find(preview, *numeric);
        if (column && column->type == ColumnType::Categorical && *numeric == roles.score)
            problems << tr("The score column %1 holds text.").arg(quoted(*numeric));
    }
}

void addTimeProblems(const RunSettings &settings, const LogPreview &preview, QStringList &problems)
{
    const bool calendar = settings.period != PeriodKind::Rows;
    if (calendar && settings.roles.time.empty())
        problems << tr("Choose the time column, or count the periods in rows.");
    if (const PreviewColumn *time = find(preview, settings.roles.time); time && calendar && !time->isTime)
        problems << tr("The time column %1 does not hold dates throughout.").arg(quoted(time->name));
    if (!calendar && settings.rowsPerPeriod == 0)
        problems << tr("Say how many rows make a period.");
    if (settings.reference.until && settings.roles.time.empty())
        problems << tr("A reference up to a date needs a time column.");
}

} // namespace

QString limitsText(const PolicyPack &policy, const MonitoringLimits &limits)
{
    const QString psi = limits.psiRule == PsiRule::fixed
                            ? tr("PSI %1 amber, %2 red").arg(figure(limits.psiAmber), figure(limits.psiRed))
                        : limits.psiRule == PsiRule::sampleSize
                            ? tr("PSI beyond what chance gives at the number of rows, once in 20 amber, in 1,000 red")
                            : tr("PSI beyond what the reference periods teach, once in 100 amber, in 1,000 red (%1 and "
                                 "%2 where there are fewer than 6)")
                                  .arg(figure(limits.psiAmber), figure(limits.psiRed));
    QString text =
        tr("%1; AUC drop %2, %3; RMSE %4, %5 times the reference; at least %6 rows; at most %7 of the alarms of a run "
           "by chance.")
            .arg(psi, figure(limits.aucDropAmber), figure(limits.aucDropRed), figure(limits.rmseRatioAmber),
                 figure(limits.rmseRatioRed), countText(limits.minimumRows),
                 QLocale().toString(100 * limits.falseDiscoveryRate) + u" %"_s);
    const Thresholds thresholds = thresholdsOf(limits);
    for (const StatisticLimit &limit : thresholds.statistics)
        text += tr(" %1 %2 amber, %3 red.").arg(toQt(nameOf(limit.statistic)), figure(limit.amber), figure(limit.red));
    for (const FigureLimit &limit : thresholds.figures)
        text += (isFloor(limit.figure) ? tr(" %1 under %2 amber, under %3 red.") : tr(" %1 %2 amber, %3 red."))
                    .arg(toQt(nameOf(limit.figure)), figure(limit.amber), figure(limit.red));
    text += tr(" From the policy \"%1\", version %2").arg(toQt(policy.title)).arg(policy.version);
    if (!limits.setBy.empty())
        text += tr(", set by %1").arg(toQt(limits.setBy));
    text += limits.reason.empty() ? u"."_s : u": "_s + toQt(limits.reason);
    for (const auto &[metric, source] : limits.sources)
        text += tr(" %1 set by %2: %3")
                    .arg(capitalised(toQt(fieldInWords(enumName(metric)))), toQt(source.setBy), toQt(source.reason));
    return text;
}

bool looksLikeFeature(const PreviewColumn &column)
{
    const bool nothing = column.unnamed && column.distinct == 0;
    return !column.isTime && !column.identifier && !nothing;
}

RunSettings proposedSettings(const ChosenLog &log, const LogPreview &preview, const MonitoringLimits &limits,
                             const std::optional<RunSettings> &last)
{
    RunSettings settings;
    if (last && fits(last->roles, preview)) {
        settings = *last;
        if (log.sql.has_value() != last->sql.has_value())
            settings.reference.path.clear();
    } else {
        settings.roles = preview.roles;
        settings.period = preview.period;
        settings.rowsPerPeriod =
            preview.period == PeriodKind::Rows ? std::max<std::uint64_t>(1, preview.estimatedRows / 10) : 0;
        settings.reference.firstPeriods = preview.period == PeriodKind::Year ? 1 : defaultReferencePeriods;
    }
    if (settings.roles.features.empty()) {
        for (const PreviewColumn &column : preview.columns) {
            if (!hasRole(settings.roles, column.name) && looksLikeFeature(column))
                settings.roles.features.push_back(column.name);
        }
    }
    if (preview.profile) {
        settings.period = preview.period;
        if (!preview.profile->reference.empty())
            settings.reference = {};
    }
    const std::string referenceQuery = settings.sql ? settings.sql->referenceQuery : std::string();
    log.writeTo(settings);
    if (settings.sql)
        settings.sql->referenceQuery = referenceQuery;
    settings.thresholds = thresholdsOf(limits);
    return settings;
}

QStringList problemsWith(const RunSettings &settings, const LogPreview &preview,
                         const std::optional<LogPreview> &reference)
{
    QStringList problems;
    addRoleProblems(settings.roles, preview, problems);
    if (!preview.profile)
        addTimeProblems(settings, preview, problems);
    else if (settings.period == PeriodKind::Rows && settings.reference.until)
        problems << tr("The periods of the profile are none of the calendar: choose the first ones as reference.");
    if (settings.reference.samePeriodLastYear && settings.period == PeriodKind::Rows)
        problems << tr("The same period last year needs periods of the calendar.");
    if (settings.roles.features.empty() && settings.roles.score.empty() && settings.roles.prediction.empty())
        problems << tr("Tick at least one feature, or choose a score or prediction.");
    if (preview.profile && !settings.roles.special.empty())
        problems << tr("The profile tells its special values itself: leave them empty.");
    else if (const auto fault = faultOfSpecialValues(settings.roles))
        problems << toQt(fault->what);
    if (settings.segmentValue && settings.roles.segment.empty())
        problems << tr("Choose the segment column, or leave its value empty.");
    if (settings.sql && settings.period == PeriodKind::Rows)
        problems << tr("Rows of a database have no order: choose a period of the calendar.");
    const std::string &other = settings.sql ? settings.sql->referenceQuery : settings.reference.path;
    if (!other.empty() && !reference)
        problems << tr("The reference %1 cannot be read.").arg(quoted(other));
    if (reference) {
        for (const std::string &feature : settings.roles.features) {
            if (!find(*reference, feature))
                problems << tr("The reference has no column %1.").arg(quoted(feature));
        }
    }
    return problems;
}

Result<std::map<std::string, double>> importanceFrom(const TextTable &table)
{
    const auto columnOf = [&](const QStringList &names, std::size_t fallback) {
        for (std::size_t i = 0; i < table.header.size(); ++i) {
            if (names.contains(toQt(table.header[i]).trimmed(), Qt::CaseInsensitive))
                return i;
        }
        return fallback;
    };
    if (table.header.size() < 2)
        return Error{ErrorCode::InvalidInput, table.source + " has fewer than two columns.",
                     "Give a table with the columns feature and importance."};
    const std::size_t feature = columnOf({u"feature"_s, u"name"_s, u"variable"_s}, 0);
    const std::size_t importance = columnOf({u"importance"_s, u"weight"_s, u"gain"_s}, 1);
    std::map<std::string, double> found;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto value = doubleFromDecimal(table.rows[i].at(importance));
        if (!value || *value < 0)
            return Error{ErrorCode::InvalidInput,
                         table.source + ", line " + std::to_string(table.lines[i]) + ": \"" +
                             table.rows[i].at(importance) + "\" is not an importance of 0 or more.",
                         "Correct the file or choose another."};
        found[table.rows[i].at(feature)] = *value;
    }
    if (found.empty())
        return Error{ErrorCode::InvalidInput, table.source + " names no feature.", "Choose another file."};
    return found;
}

QString logDescription(const LogPreview &preview)
{
    QStringList what;
    if (preview.files.size() > 1)
        what << countText(static_cast<qint64>(preview.files.size()), tr("file"), tr("files"));
    if (!preview.files.empty()) {
        std::uint64_t bytes = 0;
        for (const PreviewFile &file : preview.files)
            bytes += file.bytes;
        what << sizeText(static_cast<std::int64_t>(bytes));
    }
    if (preview.profile)
        what << tr("a profile, counts by bin");
    what << (!preview.database.empty() ? tr("%1, counted where it lies").arg(toQt(preview.database))
             : preview.parquet         ? tr("Parquet")
                                       : tr("text with %1").arg(toQt(delimiterInWords({&preview.delimiter, 1}))));
    if (preview.gzip || preview.zstd)
        what << (preview.gzip ? tr("gzip") : tr("zstd"));
    const QString rows = countText(static_cast<qint64>(preview.estimatedRows), tr("row"), tr("rows"));
    QStringList contents{preview.wholeFile ? rows : tr("about %1").arg(rows)};
    contents << countText(static_cast<qint64>(preview.columns.size()), tr("column"), tr("columns"));
    if (preview.profile)
        contents << countText(static_cast<qint64>(preview.profile->periods), tr("period"), tr("periods"));
    if (preview.from && preview.to)
        contents << (preview.sampledRows >= preview.estimatedRows ? tr("%1 to %2") : tr("%1 to %2 in those looked at"))
                        .arg(dateText(preview.from), dateText(preview.to));
    return capitalised(what.join(u", "_s)) + u"; "_s + contents.join(u", "_s) + u'.';
}

} // namespace countersign
