// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/cataloguelists.h"
#include "core/stats/chunkthresholds.h"
#include "core/stats/divergence.h"
#include "core/stats/histogram.h"
#include "core/stats/regression.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace countersign {

namespace {

struct Columns
{
    std::vector<double> actual;
    std::vector<double> predicted;
};

Columns columnsOf(const StatisticInput &input)
{
    Columns columns;
    for (const auto &[actual, predicted] : input.pairs()) {
        columns.actual.push_back(actual);
        columns.predicted.push_back(predicted);
    }
    return columns;
}

RegressionProfile profileOf(const StatisticInput &input)
{
    const Columns columns = columnsOf(input);
    return profileErrors(columns.predicted, columns.actual);
}

double sampleDeviation(const Moments &moments)
{
    return std::sqrt(moments.sampleVariance());
}

/// value(predicted, actual) of every row, and from that the sampling error of their mean.
double samplingErrorOf(const StatisticInput &input, const StatisticOptions &options, double (*value)(double, double))
{
    const Columns columns = columnsOf(input);
    std::vector<double> values(columns.actual.size());
    std::transform(columns.predicted.begin(), columns.predicted.end(), columns.actual.begin(), values.begin(), value);
    return samplingError(values, options.count("chunk_size", 1, 1'000'000'000));
}

/// NannyML's Jensen-Shannon distance of chunks of one column, in the bins of the whole reference.
class ChunkedDistance
{
public:
    explicit ChunkedDistance(const StatisticInput &input)
        : m_edges(equalWidthEdges(input.reference().front(), input.reference().back(), doaneBins(input.reference())))
        , m_reference(count(input.reference()))
    {
    }

    [[nodiscard]] double of(std::span<const double> rows) const
    {
        std::vector<double> sorted(rows.begin(), rows.end());
        std::sort(sorted.begin(), sorted.end());
        return jensenShannonDistance(m_reference, count(sorted));
    }

private:
    [[nodiscard]] std::vector<std::uint64_t> count(std::span<const double> sorted) const
    {
        std::vector<std::uint64_t> counts(m_edges.size() - 1);
        counts.push_back(countBetween(sorted, m_edges, counts));
        return counts;
    }

    std::vector<double> m_edges;
    std::vector<std::uint64_t> m_reference;
};

std::vector<double> chunkDistances(const ChunkedDistance &distance, std::span<const double> rows, std::size_t chunk)
{
    std::vector<double> distances;
    for (std::size_t from = 0; from < rows.size(); from += chunk)
        distances.push_back(distance.of(rows.subspan(from, std::min(chunk, rows.size() - from))));
    return distances;
}

double numberOfAlerts(const StatisticInput &input, const StatisticOptions &options)
{
    if (input.reference().empty())
        return undefined;
    const auto chunk = static_cast<std::size_t>(options.count("chunk_size", 1, 1'000'000'000));
    const ChunkedDistance distance(input);
    const double threshold = standardDeviationThreshold(chunkDistances(distance, input.referenceRows(), chunk),
                                                        options.number("deviations", 0, 1000));
    const auto current = chunkDistances(distance, input.currentRows(), chunk);
    return static_cast<double>(
        std::count_if(current.begin(), current.end(), [threshold](double value) { return value > threshold; }));
}

using Input = const StatisticInput &;
using Options = const StatisticOptions &;

constexpr std::array<Statistic, 8> regressionEntries{{
    {"regression_me",
     "bias: mean of predicted minus actual, in the unit of the target",
     StatisticShape::Paired,
     {},
     [](Input input, Options) { return profileOf(input).error.mean; }},
    {"regression_me-sd",
     "sample standard deviation of predicted minus actual",
     StatisticShape::Paired,
     {},
     [](Input input, Options) { return sampleDeviation(profileOf(input).error); }},
    {"regression_mae",
     "mean of |predicted - actual|",
     StatisticShape::Paired,
     {},
     [](Input input, Options) { return profileOf(input).absolute.mean; }},
    {"regression_mae-sd",
     "sample standard deviation of |predicted - actual|",
     StatisticShape::Paired,
     {},
     [](Input input, Options) { return sampleDeviation(profileOf(input).absolute); }},
    {"regression_mape",
     "mean of |predicted - actual| / |actual| in percent; rows whose actual value is 0 are left out",
     StatisticShape::Paired,
     {},
     [](Input input, Options) { return profileOf(input).percentage.mean; }},
    {"regression_mse",
     "mean of (predicted - actual)^2",
     StatisticShape::Paired,
     {},
     [](Input input, Options) { return profileOf(input).square.mean; }},
    {"regression_rmse",
     "root of the mean of (predicted - actual)^2, in the unit of the target",
     StatisticShape::Paired,
     {},
     [](Input input, Options) { return profileOf(input).rmse(); }},
    {"regression_r2",
     "1 - sum of squared errors / sum of squared deviations of the actual values",
     StatisticShape::Paired,
     {},
     [](Input input, Options) { return profileOf(input).r2(); }},
}};

constexpr std::array chunkOf50{StatisticOption{"chunk_size", "50", "rows of the chunk whose error is asked for"}};
constexpr std::array chunks{
    StatisticOption{"chunk_size", "5000", "rows of a chunk; the last one may be smaller"},
    StatisticOption{"deviations", "3", "standard deviations above the mean of the reference's chunks"}};

constexpr std::array<Statistic, 4> chunkEntries{{
    {"sampling_error_accuracy",
     "NannyML's sampling error of accuracy: standard deviation of (decision = outcome) over sqrt(chunk size)",
     StatisticShape::Paired, chunkOf50,
     [](Input input, Options options) {
         return samplingErrorOf(input, options, [](double p, double a) { return p == a ? 1.0 : 0.0; });
     }},
    {"sampling_error_mae", "NannyML's sampling error of MAE: standard deviation of |error| over sqrt(chunk size)",
     StatisticShape::Paired, chunkOf50,
     [](Input input, Options options) {
         return samplingErrorOf(input, options, [](double p, double a) { return std::abs(p - a); });
     }},
    {"sampling_error_mse", "NannyML's sampling error of MSE: standard deviation of error^2 over sqrt(chunk size)",
     StatisticShape::Paired, chunkOf50,
     [](Input input, Options options) {
         return samplingErrorOf(input, options, [](double p, double a) { return (p - a) * (p - a); });
     }},
    {"number_of_alerts_js",
     "how many chunks of the current rows, in file order, NannyML alerts on: Jensen-Shannon distance (base 2, Doane "
     "bins of the "
     "reference and one for all outside) above mean + 3 population standard deviations of the reference's own chunks",
     StatisticShape::TwoSamples, chunks, numberOfAlerts},
}};

} // namespace

std::span<const Statistic> regressionStatistics()
{
    return regressionEntries;
}

std::span<const Statistic> chunkStatistics()
{
    return chunkEntries;
}

} // namespace countersign
