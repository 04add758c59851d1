// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/homogeneity.h"

#include "core/stats/chisquare.h"
#include "core/stats/partitiontest.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace countersign {

namespace {

constexpr double leastExpected = 5; // the customary least for a bin of its own (Cochran 1954)

/// Two columns of counts, a bin at a time.
class Table
{
public:
    Table(Counts reference, Counts current, TableTest test)
        : m_test(test)
        , m_n(std::accumulate(reference.begin(), reference.end(), std::uint64_t{0}))
        , m_m(std::accumulate(current.begin(), current.end(), std::uint64_t{0}))
    {
    }

    [[nodiscard]] bool hasEmptySide() const { return m_n == 0 || m_m == 0; }
    [[nodiscard]] std::uint64_t n() const { return m_n; }
    [[nodiscard]] std::uint64_t m() const { return m_m; }
    [[nodiscard]] bool isRare(std::uint64_t both) const
    {
        const auto smaller = static_cast<double>(std::min(m_n, m_m));
        return static_cast<double>(both) * smaller / static_cast<double>(m_n + m_m) < leastExpected;
    }
    void add(std::uint64_t reference, std::uint64_t current)
    {
        m_reference.push_back(reference);
        m_current.push_back(current);
    }
    void addToLast(std::uint64_t reference, std::uint64_t current)
    {
        m_reference.back() += reference;
        m_current.back() += current;
    }
    [[nodiscard]] bool lastIsRare() const { return isRare(m_reference.back() + m_current.back()); }
    [[nodiscard]] bool empty() const { return m_reference.empty(); }
    [[nodiscard]] double pvalue() const
    {
        const double p = m_test == TableTest::Partition ? partitionPvalue(m_reference, m_current)
                                                        : chiSquareContingency(m_reference, m_current).pvalue;
        return std::isnan(p) ? 1 : p;
    }

private:
    TableTest m_test;
    std::uint64_t m_n;
    std::uint64_t m_m;
    std::vector<std::uint64_t> m_reference;
    std::vector<std::uint64_t> m_current;
};

double logChoose(std::uint64_t n, std::uint64_t k)
{
    const auto a = static_cast<double>(n);
    const auto b = static_cast<double>(k);
    return std::lgamma(a + 1) - std::lgamma(b + 1) - std::lgamma(a - b + 1);
}

} // namespace

double numericHomogeneityPvalue(Counts reference, Counts current, TableTest test, std::size_t apart)
{
    assert(reference.size() == current.size() && reference.size() >= 3 + apart);
    Table table(reference, current, test);
    if (table.hasEmptySide())
        return undefined;
    const std::size_t above = reference.size() - apart - 1;
    bool open = false; // the last bin of the table still takes in its neighbour
    std::uint64_t beforeInReference = reference[0];
    std::uint64_t beforeInCurrent = current[0];
    for (std::size_t i = 1; i < above; ++i) {
        const std::uint64_t r = reference[i] + std::exchange(beforeInReference, 0);
        const std::uint64_t c = current[i] + std::exchange(beforeInCurrent, 0);
        open ? table.addToLast(r, c) : table.add(r, c);
        open = table.lastIsRare();
    }
    if (!table.empty())
        table.addToLast(reference[above], current[above]);

    double least = 1;
    int tests = 2;
    std::uint64_t valuesInReference = table.n();
    std::uint64_t valuesInCurrent = table.m();
    for (std::size_t i = above + 1; i < reference.size(); ++i) {
        valuesInReference -= reference[i];
        valuesInCurrent -= current[i];
        const std::uint64_t both = reference[i] + current[i];
        if (both > 0 && table.isRare(both)) {
            least = std::min(least, splitPvalue(reference[i], table.n(), current[i], table.m()));
            ++tests;
        } else if (both > 0) {
            table.add(reference[i], current[i]);
        }
    }
    const std::uint64_t outside = current[0] + current[above];
    least = std::min({least, table.pvalue(), exceedancePvalue(valuesInReference, valuesInCurrent, outside)});
    return std::min(1.0, tests * least);
}

double categoryHomogeneityPvalue(Counts reference, Counts current, TableTest test)
{
    assert(reference.size() == current.size());
    Table table(reference, current, test);
    if (table.hasEmptySide())
        return undefined;
    std::uint64_t rareInReference = 0;
    std::uint64_t rareInCurrent = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        if (table.isRare(reference[i] + current[i])) {
            rareInReference += reference[i];
            rareInCurrent += current[i];
        } else {
            table.add(reference[i], current[i]);
        }
    }
    if (rareInReference + rareInCurrent == 0)
        return table.pvalue();
    if (!table.isRare(rareInReference + rareInCurrent)) {
        table.add(rareInReference, rareInCurrent);
        return table.pvalue();
    }
    const double split = splitPvalue(rareInReference, table.n(), rareInCurrent, table.m());
    return std::min(1.0, 2 * std::min(split, table.pvalue()));
}

double ratePvalue(std::uint64_t first, std::uint64_t n, std::uint64_t second, std::uint64_t m)
{
    assert(first <= n && second <= m);
    const std::vector<std::uint64_t> reference{first, n - first};
    const std::vector<std::uint64_t> current{second, m - second};
    return categoryHomogeneityPvalue(reference, current);
}

double exceedancePvalue(std::uint64_t n, std::uint64_t m, std::uint64_t outside)
{
    assert(outside <= m);
    if (n < 2 || outside == 0)
        return 1;
    const std::uint64_t drawn = outside + 1;
    const double all = logChoose(n + m, drawn);
    const double none = drawn <= m ? std::exp(logChoose(m, drawn) - all) : 0;
    const double one = static_cast<double>(n) * std::exp(logChoose(m, outside) - all);
    return std::min(1.0, none + one);
}

double splitPvalue(std::uint64_t first, std::uint64_t n, std::uint64_t second, std::uint64_t m)
{
    assert(n + m > 0);
    const std::uint64_t events = first + second;
    if (events == 0 || n == 0 || m == 0)
        return 1;
    const auto inSecond = static_cast<double>(second);
    const boost::math::binomial_distribution<double> split(static_cast<double>(events),
                                                           static_cast<double>(m) / static_cast<double>(n + m));
    const double low = boost::math::cdf(split, inSecond);
    const double high = second == 0 ? 1 : boost::math::cdf(boost::math::complement(split, inSecond - 1));
    return std::min(1.0, 2 * std::min(low, high));
}

} // namespace countersign
