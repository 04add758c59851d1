// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/run.h"

#include "core/base/error.h"
#include "core/monitoring/bins.h"
#include "core/monitoring/cache/filedigest.h"
#include "core/monitoring/cache/keptresults.h"
#include "core/monitoring/cache/soundcache.h"
#include "core/monitoring/describedperiods.h"
#include "core/monitoring/dialecttext.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/logfiles.h"
#include "core/monitoring/logselection.h"
#include "core/monitoring/parallel.h"
#include "core/monitoring/profile/profile.h"
#include "core/monitoring/runparts.h"
#include "core/monitoring/samples.h"
#include "core/monitoring/sql/sqlrun.h"
#include "core/stats/energydistance.h"
#include "core/stats/kstest.h"
#include "core/stats/moments.h"
#include "core/stats/preparedsample.h"
#include "core/stats/undefined.h"
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <mutex>

namespace countersign {

namespace {

/// A feature's counts and evidence; statistics and verdicts follow in evaluate().
class FeatureMeasure
{
public:
    /// `threads`: for the periods of one feature.
    FeatureMeasure(const LogSelection &selection, const RunSettings &settings, unsigned threads,
                   const CancelToken &cancel)
        : m_selection(selection)
        , m_settings(settings)
        , m_threads(threads)
        , m_cancel(cancel)
    {
    }

    [[nodiscard]] FeatureResult measure(const std::string &name, std::string &warning) const
    {
        FeatureResult feature;
        feature.name = name;
        feature.isScore = name == m_settings.roles.score || name == m_settings.roles.prediction;
        feature.referenceRows = m_selection.reference().rows[0];
        feature.periods.resize(m_selection.periods().info.size());
        for (std::size_t i = 0; i < feature.periods.size(); ++i)
            feature.periods[i].n = m_selection.periods().groups.rows[i];
        const LogColumn &before = m_selection.referenceLog().column(name);
        const LogColumn &after = m_selection.log().column(name);
        if (before.kind == CellKind::Number && after.kind == CellKind::Number)
            measureNumbers(feature, before, after);
        else if (isText(before) || isText(after))
            countTexts(feature, before, after);
        else if (before.kind == CellKind::Category && after.kind == CellKind::Category)
            measureCategories(feature, before, after);
        warning = isText(before) || isText(after) ? tooManyTexts(name) : featureWarning(feature, after.infinite);
        return feature;
    }

private:
    void measureNumbers(FeatureResult &feature, const LogColumn &columnBefore, const LogColumn &after) const
    {
        feature.type = ColumnType::Numeric;
        const SpecialValues special(m_settings.roles.special, feature.name);
        const NumericSamples reference(columnBefore, m_selection.reference(), m_threads, m_cancel, special);
        const NumericSamples samples(after, m_selection.periods().groups, m_threads, m_cancel, special);
        feature.bins = numericBins(reference.sorted(0), BinRule::DecilesInRange, special.texts());
        feature.referenceMissing = reference.missing(0);
        feature.referenceCounts =
            countNumeric(feature.bins, reference.sorted(0), reference.special(0), reference.missing(0));
        const PreparedSample prepared(reference.sorted(0));
        const std::optional<double> deviation = deviationOf(reference.sorted(0));
        parallelFor(feature.periods.size(), m_threads, [&](std::size_t i) {
            m_cancel.throwIfCancelled();
            FeaturePeriod &period = feature.periods[i];
            period.missing = samples.missing(i);
            period.counts = countNumeric(feature.bins, samples.sorted(i), samples.special(i), period.missing);
            const auto own = m_selection.comparedWith(i);
            if (m_selection.comparesYears() && !own)
                return;
            const auto compared = own ? samples.sorted(*own) : reference.sorted(0);
            if (compared.empty() || samples.sorted(i).empty())
                return;
            const PreparedSample ofOwn(own ? compared : std::span<const double>());
            const PreparedSample &before = own ? ofOwn : prepared;
            const KsResult ks = ksTwoSample(before, samples.sorted(i));
            const double distance = wassersteinDistance(before, samples.sorted(i));
            if (std::isfinite(distance))
                period.wasserstein = WassersteinEvidence{distance, own ? deviationOf(compared) : deviation};
            period.ks =
                KsEvidence{ks.x, ks.atOrBelowFirst, ks.atOrBelowSecond, compared.size(), samples.sorted(i).size()};
            if (m_settings.testsOfValues)
                period.tests = testsOf(compared, samples.sorted(i), ks.statistic);
        });
        const auto &ofAll = m_selection.referenceOfAllSegments();
        if (!ofAll)
            return;
        const NumericSamples all(columnBefore, *ofAll, m_threads, m_cancel, special);
        feature.shared =
            shareBins(numericBins(all.sorted(0), BinRule::DecilesInRange, special.texts()),
                      [&](const Bins &bins, std::optional<std::size_t> period) {
                          const NumericSamples &rows = period ? samples : reference;
                          const std::size_t group = period.value_or(0);
                          return countNumeric(bins, rows.sorted(group), rows.special(group), rows.missing(group));
                      });
    }

    [[nodiscard]] static TestsOfValues testsOf(std::span<const double> before, std::span<const double> after, double ks)
    {
        TestsOfValues tests;
        tests.ksPvalueExact = definedOrNothing(ksPvalueExactOfFew(ks, before.size(), after.size()));
        tests.energyDistance = definedOrNothing(energyDistance(before, after));
        const TwoSampleTest cramer = cramerVonMises(before, after);
        tests.cramerVonMises = definedOrNothing(cramer.statistic);
        tests.cramerVonMisesPvalue = definedOrNothing(cramer.pvalue);
        const TwoSampleTest anderson = andersonDarling(before, after);
        tests.andersonDarling = definedOrNothing(anderson.statistic);
        tests.andersonDarlingPvalue = definedOrNothing(anderson.pvalue);
        return tests;
    }

    [[nodiscard]] static std::optional<double> deviationOf(std::span<const double> values)
    {
        const double deviation = std::sqrt(momentsOf(values).populationVariance());
        return std::isfinite(deviation) ? std::optional(deviation) : std::nullopt;
    }

    /// countsOf(bins, period) for the reference, then for each period.
    template <class CountsOf>
    [[nodiscard]] SharedCounts shareBins(Bins bins, CountsOf countsOf) const
    {
        SharedCounts shared;
        shared.reference = countsOf(bins, std::nullopt);
        for (std::size_t i = 0; i < m_selection.periods().info.size(); ++i)
            shared.periods.push_back(countsOf(bins, i));
        shared.bins = std::move(bins);
        return shared;
    }

    [[nodiscard]] static bool isText(const LogColumn &column) { return column.kind == CellKind::Text; }

    /// Of a column with too many texts to be judged, what is known beside them.
    void countTexts(FeatureResult &feature, const LogColumn &before, const LogColumn &after) const
    {
        feature.type = ColumnType::Categorical;
        feature.referenceMissing = CategoryCounts(before, m_selection.reference()).missing(0);
        const CategoryCounts counts(after, m_selection.periods().groups);
        for (std::size_t i = 0; i < feature.periods.size(); ++i)
            feature.periods[i].missing = counts.missing(i);
    }

    void measureCategories(FeatureResult &feature, const LogColumn &before, const LogColumn &after) const
    {
        feature.type = ColumnType::Categorical;
        const SpecialValues special(m_settings.roles.special, feature.name);
        const CategoryCounts reference(before, m_selection.reference());
        const CategoryCounts counts(after, m_selection.periods().groups);
        feature.referenceMissing = reference.missing(0);
        const auto presentIn = [&](const CategoryCounts &rows) {
            std::vector<std::string> present;
            for (std::size_t code = 0; code < before.categories.size(); ++code) {
                if (rows.counts(0)[code] > 0)
                    present.push_back(before.categories[code]);
            }
            return withoutSpecial(std::move(present), special);
        };
        const std::vector<std::string> present = presentIn(reference);
        const bool binnable = present.size() <= mostCategories;
        if (binnable) {
            feature.bins = categoryBins(present, special.texts());
            feature.referenceCounts =
                CategoryPlaces(feature.bins, before.categories).count(reference.counts(0), reference.missing(0));
        }
        const CategoryPlaces places(feature.bins, after.categories);
        for (std::size_t i = 0; i < feature.periods.size(); ++i) {
            FeaturePeriod &period = feature.periods[i];
            period.missing = counts.missing(i);
            if (binnable)
                period.counts = places.count(counts.counts(i), period.missing);
        }
        const auto &ofAll = m_selection.referenceOfAllSegments();
        if (!ofAll)
            return;
        std::vector<std::string> all = presentIn(CategoryCounts(before, *ofAll));
        if (all.size() > mostCategories)
            return;
        const Bins ofAllSegments = categoryBins(std::move(all), special.texts());
        const CategoryPlaces placesBefore(ofAllSegments, before.categories);
        const CategoryPlaces placesAfter(ofAllSegments, after.categories);
        feature.shared = shareBins(ofAllSegments, [&](const Bins &, std::optional<std::size_t> period) {
            return period ? placesAfter.count(counts.counts(*period), counts.missing(*period))
                          : placesBefore.count(reference.counts(0), reference.missing(0));
        });
    }

    const LogSelection &m_selection;
    const RunSettings &m_settings;
    unsigned m_threads;
    const CancelToken &m_cancel;
};

bool looksLikeDates(const LogColumn &column)
{
    constexpr std::array formats{DateFormat::Iso, DateFormat::YearMonthDay, DateFormat::DayMonthYear,
                                 DateFormat::MonthDayYear};
    return column.kind == CellKind::Category && !column.categories.empty() &&
           std::any_of(formats.begin(), formats.end(), [&column](DateFormat format) {
               return std::all_of(column.categories.begin(), column.categories.end(),
                                  [format](const std::string &text) { return readDay(text, format).has_value(); });
           });
}

std::vector<std::string> featuresOf(const LogSelection &selection, const RunSettings &settings,
                                    std::vector<std::string> &warnings)
{
    if (!settings.roles.features.empty()) {
        std::vector<std::string> names = settings.roles.features;
        for (const std::string *role : {&settings.roles.score, &settings.roles.prediction}) {
            if (!role->empty() && std::find(names.begin(), names.end(), *role) == names.end())
                names.push_back(*role);
        }
        return names;
    }
    std::vector<std::string> names;
    for (const std::string &name : selection.features()) {
        if (looksLikeDates(selection.log().column(name)))
            warnings.push_back("Column \"" + name + "\" holds dates and is not judged.");
        else
            names.push_back(name);
    }
    return names;
}

struct MeasuredFeature
{
    FeatureResult feature;
    std::string warning;
};
BOOST_DESCRIBE_STRUCT(MeasuredFeature, (), (feature, warning))

void measureFeatures(RunResult &result, const LogSelection &selection, const std::vector<std::string> &names,
                     const KeptResults &kept, unsigned threads, const CancelToken &cancel, const Progress &progress)
{
    const ColumnRoles &roles = result.settings.roles;
    const json::object question{{"features", "evidence"},
                                {"score", roles.score},
                                {"prediction", roles.prediction},
                                {"special", toJson(roles.special)},
                                {"testsOfValues", result.settings.testsOfValues}};
    using KeptFeatures = std::map<std::string, MeasuredFeature>;
    KeptFeatures known = kept.recall<KeptFeatures>(question).value_or(KeptFeatures());
    const unsigned columnsAtOnce = selection.columnsAtOnce(threads);
    const FeatureMeasure measure(selection, result.settings, threads / columnsAtOnce, cancel);
    std::vector<MeasuredFeature> measured(names.size());
    std::mutex mutex;
    std::uint64_t done = 0;
    parallelFor(names.size(), columnsAtOnce, [&](std::size_t i) {
        cancel.throwIfCancelled();
        if (const auto found = known.find(names[i]); found != known.end())
            measured[i] = found->second;
        else
            measured[i].feature = measure.measure(names[i], measured[i].warning);
        const std::lock_guard lock(mutex);
        report(progress, "Comparing columns", ++done, names.size());
    });
    const std::size_t knew = known.size();
    for (std::size_t i = 0; i < names.size(); ++i) {
        known.emplace(names[i], measured[i]);
        result.features.push_back(std::move(measured[i].feature));
        if (!measured[i].warning.empty())
            result.warnings.push_back(std::move(measured[i].warning));
    }
    if (known.size() > knew)
        kept.keep(question, known);
}

void setPeriods(RunResult &result, const LogSelection &selection, const KeptResults &kept, unsigned threads,
                const CancelToken &cancel)
{
    DescribedPeriods described = describePeriods(selection, result.settings, kept, threads, cancel);
    countDuplicateRows(described, selection, kept, threads, cancel);
    result.reference = std::move(described.reference);
    result.periods = std::move(described.periods);
    for (const RunPeriod &period : result.periods)
        result.rows += period.rows;
    result.warnings.insert(result.warnings.end(), described.remarks.begin(), described.remarks.end());
}

std::vector<Hash256> digestsOf(const std::vector<std::string> &paths, const std::string &cacheFolder,
                               const CancelToken &cancel)
{
    std::vector<Hash256> digests;
    digests.reserve(paths.size());
    for (const std::string &path : paths)
        digests.push_back(cachedSha256(path, cacheFolder, cancel));
    return digests;
}

std::vector<std::string> namesOf(const std::vector<std::string> &paths)
{
    std::vector<std::string> names;
    std::transform(paths.begin(), paths.end(), std::back_inserter(names), fileNameOf);
    return names;
}

void setSources(RunResult &result, const LogTable &log, const std::vector<std::string> &paths,
                const std::vector<Hash256> &digests)
{
    result.sourceSha256 = digestOfSources(namesOf(paths), digests).hex();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const auto read = std::find(log.sourcePaths.begin(), log.sourcePaths.end(), paths[i]);
        LogSource source;
        if (read != log.sourcePaths.end())
            source = log.sources[static_cast<std::size_t>(read - log.sourcePaths.begin())];
        else if (paths.size() == 1) // of a format without dialect
            source.rows = log.rows;
        source.name = fileNameOf(paths[i]);
        source.sha256 = digests[i].hex();
        result.sources.push_back(std::move(source));
    }
}

/// All but sources and digests.
RunResult measureLog(const RunSettings &settings, const LogSelection &selection, unsigned threads,
                     const CancelToken &cancel, const Progress &progress)
{
    RunResult result;
    result.columns = selection.log().columns.size();
    result.engineVersion = monitoringEngineVersion;
    result.definitions = runDefinitions(settings.testsOfValues);
    result.settings = settings;
    result.warnings = selection.remarks();
    const auto names = featuresOf(selection, settings, result.warnings);
    const KeptResults kept(selection, settings);
    measureFeatures(result, selection, names, kept, threads, cancel, progress);
    setImportance(result);
    setPeriods(result, selection, kept, threads, cancel);
    evaluate(result);
    return result;
}

} // namespace

RunResult run(const RunSettings &settings, const CancelToken &cancel, const Progress &progress,
              const RunOptions &options)
{
    if (settings.sql)
        return runInDatabase(settings, cancel, progress, options);
    const unsigned threads = threadCount(options.threads);
    RunSettings listed = settings; // so that files which join a folder meanwhile are in neither rows nor digests
    const LogFiles files = listLogFiles(settings.path, settings.morePaths);
    listed.path = files.paths.front();
    listed.morePaths.assign(files.paths.begin() + 1, files.paths.end());
    const auto digests =
        std::async(std::launch::async, [&] { return digestsOf(files.paths, options.cacheFolder, cancel); }).share();
    RunResult result;
    if (isProfileLog(listed.path, listed.morePaths, listed.dialect, cancel)) {
        const Profile profile = readProfile(listed.path, listed.morePaths, listed.dialect, threads, cancel, progress);
        result = runOnProfile(settings, profile);
        setSources(result, profile.log, files.paths, digests.get());
    } else {
        result = withSoundCache(options, [&](const RunOptions &sound) {
            const LogSelection selection(listed, sound, cancel, progress);
            RunResult measured = measureLog(settings, selection, threads, cancel, progress);
            setSources(measured, selection.log(), files.paths, digests.get());
            return measured;
        });
    }
    result.sourceName = logNameOf(settings.path, settings.morePaths);
    result.warnings.insert(result.warnings.begin(), files.remarks.begin(), files.remarks.end());
    if (!settings.reference.path.empty()) {
        const LogFiles reference = listLogFiles(settings.reference.path);
        result.referenceSha256 =
            digestOfSources(namesOf(reference.paths), digestsOf(reference.paths, options.cacheFolder, cancel)).hex();
    }
    return result;
}

} // namespace countersign
