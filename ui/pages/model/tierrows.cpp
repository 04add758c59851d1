// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/tierrows.h"

#include <QLocale>

#include <algorithm>

#include "core/policy/scoring.h"
#include "ui/pages/model/words.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

Cell number(double value, const QString &text = {})
{
    Cell cell(text.isEmpty() ? scoreText(value) : text, value);
    cell.number = true;
    return cell;
}

Cell overrideCell(const PolicyPack &pack, const Registry &registry, const TierAssessment &assessment)
{
    if (!assessment.overrideLevel)
        return {tr("none")};
    const auto level = toQt(pack.tierLabel(*assessment.overrideLevel));
    if (assessment.overridePending()) {
        Cell cell(BadgeStyle{tr("waits for confirmation"), Theme::Colour::amber, BadgeShape::triangle});
        cell.toolTip = tr("Override to %1: %2").arg(level, toQt(assessment.overrideReason));
        return cell;
    }
    Cell cell(tr("confirmed by %1").arg(nameOf(registry, assessment.overrideConfirmedBy)));
    cell.toolTip = tr("Override to %1: %2").arg(level, toQt(assessment.overrideReason));
    return cell;
}

} // namespace

QStringList breakdownHeadings()
{
    return {tr("Factor"), tr("Answer"), tr("Points"), tr("Weight"), tr("Adds"), tr("Least"), tr("Most")};
}

QList<Row> breakdownRows(const TierComputation &computation)
{
    QList<Row> rows;
    FactorResult sum;
    for (const auto &factor : computation.factors) {
        const bool answered = !factor.answer.empty();
        Row row{toQt(factor.factor), {}};
        row.cells << Cell(toQt(factor.question)) << Cell(answered ? toQt(factor.answer) : tr("not answered"))
                  << number(factor.points, answered ? QString() : u"–"_s)
                  << number(factor.weight, u"%1 %"_s.arg(scoreText(factor.weight * 100)))
                  << number(factor.contribution, answered ? QString() : u"–"_s) << number(factor.minimum)
                  << number(factor.maximum);
        rows << row;
        sum.weight += factor.weight;
        sum.minimum += factor.minimum;
        sum.maximum += factor.maximum;
    }
    Row total{u"total"_s, {}};
    total.cells << Cell(tr("Score")) << Cell(computation.complete ? QString() : tr("so far")) << Cell()
                << number(sum.weight, u"%1 %"_s.arg(scoreText(sum.weight * 100))) << number(computation.score)
                << number(sum.minimum) << number(sum.maximum);
    rows << total;
    return rows;
}

QStringList assessmentHeadings()
{
    return {tr("Published"), tr("By"), tr("Tier"), tr("Score"), tr("Override"), tr("Method")};
}

QList<Row> assessmentRows(const PolicyPack &pack, const Registry &registry, const ModelId &model)
{
    std::vector<const TierAssessment *> published;
    for (const auto &[id, assessment] : registry.assessments)
        if (assessment.model == model)
            published.push_back(&assessment);
    std::sort(published.begin(), published.end(),
              [](const TierAssessment *one, const TierAssessment *other) { return one->entry > other->entry; });
    QList<Row> rows;
    for (const auto *assessment : published) {
        Row row{toQt(assessment->id.str()), {}};
        row.cells << Cell(timeText(assessment->at)) << Cell(nameOf(registry, assessment->by))
                  << Cell(tierBadge(assessment->level(), toQt(pack.tierLabel(assessment->level()))),
                          static_cast<qlonglong>(assessment->level()))
                  << number(assessment->score, isProvisional(*assessment)
                                                   ? tr("%1, provisional").arg(scoreText(assessment->score))
                                                   : QString())
                  << overrideCell(pack, registry, *assessment) << Cell(tr("version %1").arg(assessment->methodVersion));
        rows << row;
    }
    return rows;
}

QStringList controlHeadings()
{
    return {tr("Control"), tr("Stands"), tr("Found")};
}

QList<Row> controlRows(const RiskStanding &risk)
{
    const auto style = [](ControlStanding standing) {
        const auto text = toQt(displayName(standing));
        switch (standing) {
        case ControlStanding::met:
            return BadgeStyle{text, Theme::Colour::green, BadgeShape::circle};
        case ControlStanding::notMet:
            return BadgeStyle{text, Theme::Colour::red, BadgeShape::triangle};
        case ControlStanding::notNeeded:
        case ControlStanding::byPeople:
            break;
        }
        return BadgeStyle{text, Theme::Colour::noData, BadgeShape::ring};
    };
    QList<Row> rows;
    for (const auto &result : risk.results) {
        Row row{u"%1 %2"_s.arg(rows.size()).arg(toQt(result.id)), {}};
        row.cells << Cell(toQt(result.title)) << Cell(style(result.standing), static_cast<int>(result.standing))
                  << Cell(toQt(result.detail));
        rows << row;
    }
    return rows;
}

BadgeStyle controlBadge(ControlState state)
{
    const auto text = toQt(displayName(state));
    switch (state) {
    case ControlState::adequate:
        return {text, Theme::Colour::green, BadgeShape::circle};
    case ControlState::weak:
        return {text, Theme::Colour::amber, BadgeShape::triangle};
    case ControlState::missing:
        return {text, Theme::Colour::red, BadgeShape::square};
    case ControlState::unknown:
        break;
    }
    return {text, Theme::Colour::noData, BadgeShape::ring};
}

ScoreRange possibleScores(const TierComputation &computation)
{
    ScoreRange range;
    for (const auto &factor : computation.factors) {
        range.low += factor.answer.empty() ? factor.minimum : factor.contribution;
        range.high += factor.answer.empty() ? factor.maximum : factor.contribution;
    }
    return range;
}

QString scoreText(double score)
{
    auto text = QString::number(score, 'f', 2);
    while (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

std::vector<TierAnswer> knownAnswers(const TierMethod &method, const std::vector<TierAnswer> &answers)
{
    std::vector<TierAnswer> known;
    for (const auto &factor : method.factors)
        for (const auto &given : answers)
            if (given.factor == factor.id &&
                (std::ranges::find(factor.answers, given.answer, &TierAnswerOption::id) != factor.answers.end() ||
                 (given.answer == unknownAnswer && unknownPoints(method, factor))))
                known.push_back(given);
    return known;
}

} // namespace countersign
