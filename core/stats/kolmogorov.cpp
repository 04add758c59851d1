// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/kolmogorov.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>
#include <vector>

namespace countersign {

namespace {

constexpr double pi2 = std::numbers::pi * std::numbers::pi;

/// A square matrix times 2^exponent, so that powers neither overflow nor underflow.
class ScaledMatrix
{
public:
    explicit ScaledMatrix(std::size_t size)
        : m_size(size)
        , m_cells(size * size, 0.0)
    {
    }

    [[nodiscard]] double &at(std::size_t row, std::size_t column) { return m_cells[row * m_size + column]; }
    [[nodiscard]] double at(std::size_t row, std::size_t column) const { return m_cells[row * m_size + column]; }
    [[nodiscard]] int exponent() const { return m_exponent; }

    [[nodiscard]] ScaledMatrix times(const ScaledMatrix &right) const
    {
        ScaledMatrix product(m_size);
        for (std::size_t i = 0; i < m_size; ++i) {
            for (std::size_t k = 0; k < m_size; ++k) {
                const double factor = at(i, k);
                if (factor == 0)
                    continue;
                for (std::size_t j = 0; j < m_size; ++j)
                    product.at(i, j) += factor * right.at(k, j);
            }
        }
        product.m_exponent = m_exponent + right.m_exponent;
        product.rescale();
        return product;
    }

private:
    void rescale()
    {
        const double largest = *std::max_element(m_cells.begin(), m_cells.end());
        const int shift = largest > 0 ? std::ilogb(largest) : 0;
        if (std::abs(shift) < 128)
            return;
        for (double &cell : m_cells)
            cell = std::ldexp(cell, -shift);
        m_exponent += shift;
    }

    std::size_t m_size;
    std::vector<double> m_cells;
    int m_exponent = 0;
};

/// P(D_n <= d) as n!/n^n times an entry of the n-th power of Durbin's matrix: Marsaglia, Tsang and Wang (2003).
double durbinCdf(std::uint64_t n, double d)
{
    const double nd = static_cast<double>(n) * d;
    const auto k = static_cast<std::size_t>(std::ceil(nd));
    const double h = static_cast<double>(k) - nd;
    const std::size_t size = 2 * k - 1;

    std::vector<double> inverseFactorial(size + 1, 1.0);
    for (std::size_t i = 1; i <= size; ++i)
        inverseFactorial[i] = inverseFactorial[i - 1] / static_cast<double>(i);
    ScaledMatrix power(size);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < std::min(i + 2, size); ++j)
            power.at(i, j) = inverseFactorial[i + 1 - j];
    }
    for (std::size_t i = 0; i < size; ++i) {
        const double border = std::pow(h, static_cast<double>(i + 1)) * inverseFactorial[i + 1];
        power.at(i, 0) -= border;
        power.at(size - 1, size - 1 - i) -= border;
    }
    if (h > 0.5)
        power.at(size - 1, 0) += std::pow(2 * h - 1, static_cast<double>(size)) * inverseFactorial[size];

    ScaledMatrix result(size);
    for (std::size_t i = 0; i < size; ++i)
        result.at(i, i) = 1;
    for (std::uint64_t rest = n; rest > 0; rest /= 2) {
        if (rest % 2 == 1)
            result = result.times(power);
        if (rest > 1)
            power = power.times(power);
    }

    double mantissa = result.at(k - 1, k - 1);
    int exponent = result.exponent();
    for (std::uint64_t i = 1; i <= n; ++i) {
        mantissa *= static_cast<double>(i) / static_cast<double>(n);
        if (mantissa < 1e-150) {
            mantissa = std::ldexp(mantissa, 400);
            exponent -= 400;
        }
    }
    return std::clamp(std::ldexp(mantissa, exponent), 0.0, 1.0);
}

/// P(D_n <= d) by the expansion K0(z) + K1(z)/n^(1/2) + K2(z)/n + K3(z)/n^(3/2), z = d sqrt(n): Pelz and Good (1976),
/// "Approximating the lower tail-areas of the Kolmogorov-Smirnov one-sample statistic", J. R. Statist. Soc. B 38.
double pelzGoodCdf(std::uint64_t n, double d)
{
    const double size = static_cast<double>(n);
    const double z = d * std::sqrt(size);
    const double z2 = z * z;
    const double z4 = z2 * z2;
    const double z6 = z4 * z2;
    if (pi2 / (8 * z2) > 708)
        return 0;

    std::array<double, 4> terms{};
    const auto last = static_cast<int>(std::ceil(16 * z / std::numbers::pi)) + 2;
    for (int k = last; k >= 0; --k) {
        const double half = k + 0.5; // the sums over all whole k of half-integers, folded on their symmetry
        const double a = pi2 * half * half;
        const double decay = std::exp(-a / (2 * z2));
        terms[0] += decay;
        terms[1] += (a - z2) * decay;
        terms[2] += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * a + (1 - 2 * z2) * a * a) * decay;
        terms[3] += (-30 * z6 - 90 * z6 * z2 + (135 * z4 - 96 * z6) * a + (212 * z4 - 60 * z2) * a * a +
                     (5 - 30 * z2) * a * a * a) *
                    decay;
    }
    double whole2 = 0;
    double whole3 = 0;
    for (int k = last; k >= 1; --k) {
        const double a = pi2 * k * k;
        const double decay = std::exp(-a / (2 * z2));
        whole2 += a * decay;
        whole3 += (3 * a * z2 - a * a) * decay;
    }

    const double root = std::sqrt(2 * std::numbers::pi);
    const double k0 = root / z * terms[0];
    const double k1 = root / (6 * z4) * terms[1];
    const double k2 = root / (72 * z6 * z) * terms[2] - root / (36 * z2 * z) * whole2;
    const double k3 = root / (6480 * z6 * z4) * terms[3] + root / (216 * z6) * whole3;
    return std::clamp(k0 + k1 / std::sqrt(size) + k2 / size + k3 / (size * std::sqrt(size)), 0.0, 1.0);
}

/// n! / n^n * (2nd - 1)^n: the lowest piece of the distribution, 1/(2n) <= d <= 1/n (Ruben and Gambino 1982).
double lowestPieceCdf(std::uint64_t n, double nd)
{
    const auto size = static_cast<long double>(n);
    const long double logFactorialRatio = boost::math::lgamma(size + 1) - size * std::log(size);
    return static_cast<double>(std::exp(logFactorialRatio + size * std::log(2 * static_cast<long double>(nd) - 1)));
}

} // namespace

double smirnovSurvival(std::uint64_t n, double d)
{
    if (n == 0 || std::isnan(d))
        return undefined;
    if (d <= 0)
        return 1;
    if (d >= 1)
        return 0;
    const auto size = static_cast<long double>(n);
    const auto distance = static_cast<long double>(d);
    const auto last = static_cast<std::uint64_t>(std::floor(size * (1 - distance)));

    // The terms are a smooth hump that vanishes to all orders at both ends once n is large: summing every stride-th
    // one is then the trapezoidal rule at an error far below the last digit.
    constexpr std::uint64_t termsEnough = 1024;
    const std::uint64_t stride = std::max<std::uint64_t>(1, n / termsEnough);
    const long double logFactorial = boost::math::lgamma(size + 1);
    long double sum = 0;
    for (std::uint64_t v = 0; v <= last; v += stride) {
        const auto count = static_cast<long double>(v);
        const long double before = distance + count / size;
        const long double after = 1 - before;
        if (after <= 0)
            break;
        const long double logBinomial =
            logFactorial - boost::math::lgamma(count + 1) - boost::math::lgamma(size - count + 1);
        sum += std::exp(logBinomial + (count - 1) * std::log(before) + (size - count) * std::log(after));
    }
    return static_cast<double>(std::clamp(distance * sum * static_cast<long double>(stride), 0.0L, 1.0L));
}

double kolmogorovSurvival(std::uint64_t n, double d)
{
    if (n == 0 || std::isnan(d))
        return undefined;
    const double size = static_cast<double>(n);
    const double nd = size * d;
    if (nd <= 0.5)
        return 1;
    if (d >= 1)
        return 0;
    if (nd <= 1)
        return 1 - lowestPieceCdf(n, nd);
    if (nd >= size - 1)
        return 2 * std::pow(1 - d, size);

    const double ndd = nd * d;
    if (ndd >= 370)
        return 0;
    // Beyond these points the chance that both sides exceed d is neglected.
    if (d >= 0.5 || (n <= 140 && ndd > 4) || (n > 140 && ndd >= 2.2))
        return std::min(1.0, 2 * smirnovSurvival(n, d));
    const bool exact = n <= 140 || (n <= 100000 && nd * std::sqrt(d) <= 1.4);
    return 1 - (exact ? durbinCdf(n, d) : pelzGoodCdf(n, d));
}

double kolmogorovLimitSurvival(double x)
{
    if (std::isnan(x))
        return undefined;
    if (x <= 0)
        return 1;
    if (x < 1) { // Jacobi's theta transformation of the same sum converges at once here
        double cdf = 0;
        for (int k = 5; k >= 1; --k)
            cdf += std::exp(-(2 * k - 1) * (2 * k - 1) * pi2 / (8 * x * x));
        return 1 - std::sqrt(2 * std::numbers::pi) / x * cdf;
    }
    double sum = 0;
    for (int k = 10; k >= 1; --k)
        sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * x * x);
    return sum;
}

} // namespace countersign
