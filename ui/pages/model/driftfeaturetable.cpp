// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/driftfeaturetable.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/pages/monitoring/figuretext.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

using FeatureColumn = RecordColumn<FeatureRecord>;

enum Columns { Name, Judgement };

FeatureColumn numberColumn(const QString &title, int decimals,
                           std::function<std::optional<double>(const FeatureRecord &)> value)
{
    return FeatureColumn(title,
                         [=](const FeatureRecord &row) {
                             const auto found = value(row);
                             return found ? QString::number(*found, 'f', decimals) : u"–"_s;
                         })
        .sortedBy([=](const FeatureRecord &row) {
            const auto found = value(row);
            return found ? QVariant(*found) : QVariant();
        })
        .withToolTip([=](const FeatureRecord &row) {
            const auto found = value(row);
            return found ? QString::number(*found, 'g', 17) : DriftFeatureTable::tr("Does not apply, or is not known");
        })
        .asNumber();
}

FeatureColumn statisticColumn(const QString &title, std::optional<double> FeatureStatistics::*value)
{
    return numberColumn(title, 3, [value](const FeatureRecord &row) { return row.statistics.*value; });
}

/// The one that the verdict rests on; of runs from before there was one, that of the test that fits the column.
std::optional<double> pvalueOf(const FeatureRecord &row)
{
    if (row.verdict.adjustedPvalue)
        return row.verdict.adjustedPvalue;
    return row.statistics.ksPvalue ? row.statistics.ksPvalue : row.statistics.chi2Pvalue;
}

QString pvaluesInWords(const FeatureRecord &row)
{
    const auto line = [](const QString &text, const std::optional<double> &p) {
        return p ? text.arg(QString::number(*p, 'g', 6)) : QString();
    };
    QStringList lines{
        line(DriftFeatureTable::tr("Of no drift, among all tests of the run: p = %1"), row.verdict.adjustedPvalue),
        line(DriftFeatureTable::tr("Of no drift, by itself: p = %1"), row.verdict.pvalue),
        line(DriftFeatureTable::tr("Kolmogorov-Smirnov, asymptotic: p = %1"), row.statistics.ksPvalue),
        line(DriftFeatureTable::tr("Chi-square of the contingency table: p = %1"), row.statistics.chi2Pvalue)};
    if (row.tests)
        lines << line(DriftFeatureTable::tr("Kolmogorov-Smirnov, exact: p = %1"), row.tests->ksPvalueExact)
              << line(DriftFeatureTable::tr("Cramér-von Mises: p = %1"), row.tests->cramerVonMisesPvalue)
              << line(DriftFeatureTable::tr("Anderson-Darling, 0.001 to 0.25: p = %1"),
                      row.tests->andersonDarlingPvalue);
    lines.removeAll(QString());
    return lines.isEmpty() ? DriftFeatureTable::tr("Does not apply, or is not known") : lines.join(u'\n');
}

FeatureColumn pvalueColumn()
{
    return FeatureColumn(DriftFeatureTable::tr("p"), [](const FeatureRecord &row) { return pvalueText(pvalueOf(row)); })
        .sortedBy([](const FeatureRecord &row) {
            const auto p = pvalueOf(row);
            return p ? QVariant(*p) : QVariant();
        })
        .withToolTip(pvaluesInWords)
        .asNumber();
}

std::vector<FeatureColumn> columns()
{
    return {
        FeatureColumn(DriftFeatureTable::tr("Feature"), [](const FeatureRecord &row) { return row.name; }),
        FeatureColumn(DriftFeatureTable::tr("Verdict"),
                      [](const FeatureRecord &row) { return badgeFor(healthOf(row.verdict.verdict)).text; })
            .asBadge([](const FeatureRecord &row) { return badgeFor(healthOf(row.verdict.verdict)); })
            .sortedBy([](const FeatureRecord &row) { return QVariant(gravity(row.verdict.verdict)); })
            .withToolTip(
                [](const FeatureRecord &row) { return (toQt(row.verdict.reason) + u'\n' + row.parts).trimmed(); }),
        statisticColumn(DriftFeatureTable::tr("PSI"), &FeatureStatistics::psi),
        statisticColumn(DriftFeatureTable::tr("KS"), &FeatureStatistics::ksStatistic),
        pvalueColumn(),
        statisticColumn(DriftFeatureTable::tr("JS"), &FeatureStatistics::jensenShannonDistance),
        statisticColumn(DriftFeatureTable::tr("Missing"), &FeatureStatistics::missingRate),
        numberColumn(DriftFeatureTable::tr("Importance"), 2, [](const FeatureRecord &row) { return row.importance; }),
        FeatureColumn(DriftFeatureTable::tr("Type"), [](const FeatureRecord &row) { return row.type; })};
}

} // namespace

DriftFeatureTable::DriftFeatureTable(QWidget *parent)
    : QWidget(parent)
    , m_model(new RecordModel<FeatureRecord>(
          columns(), [](const FeatureRecord &row) { return row.name; }, this))
    , m_proxy(new RecordProxy(m_model, this))
    , m_filter(new QLineEdit)
    , m_count(new QLabel)
    , m_view(new TableView(tr("Features")))
{
    m_filter->setPlaceholderText(tr("Filter features"));
    m_filter->setAccessibleName(tr("Filter features"));
    m_filter->setClearButtonEnabled(true);
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(new BadgeDelegate(m_view));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->sortByColumn(2, Qt::DescendingOrder);
    m_view->setAccessibleDescription(tr("Statistics of each feature in the chosen period. The charts follow the "
                                        "selected feature."));

    auto *head = new QHBoxLayout;
    head->addWidget(m_filter, 1);
    head->addWidget(m_count);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(head);
    column->addWidget(m_view, 1);

    connect(m_filter, &QLineEdit::textChanged, this, &DriftFeatureTable::applyFilter);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        if (!m_selecting && now.isValid())
            Q_EMIT featureSelected(now.data(KeyRole).toString());
    });
}

void DriftFeatureTable::setFeatures(std::vector<FeatureRecord> features)
{
    const QString before = selected();
    const bool first = m_model->rowCount() == 0;
    {
        const QScopedValueRollback quiet(m_selecting, true);
        m_model->setRecords(std::move(features));
    }
    if (first) {
        m_view->fitColumns(18);
        m_view->setColumnWidth(Name, m_view->fontMetrics().averageCharWidth() * 20);
    }
    showCount();
    setSelected(before);
}

void DriftFeatureTable::setSelected(const QString &feature)
{
    if (feature == selected())
        return;
    const QScopedValueRollback quiet(m_selecting, true);
    const auto found = m_proxy->match(m_proxy->index(0, Name), KeyRole, feature, 1, Qt::MatchExactly);
    if (found.isEmpty()) {
        m_view->clearSelection();
        m_view->setCurrentIndex({});
        return;
    }
    m_view->setCurrentIndex(found.front());
    m_view->scrollTo(found.front());
}

QString DriftFeatureTable::selected() const
{
    return m_view->currentIndex().data(KeyRole).toString();
}

void DriftFeatureTable::applyFilter()
{
    const QString wanted = m_filter->text().trimmed();
    const QString before = selected();
    {
        const QScopedValueRollback quiet(m_selecting, true);
        m_proxy->setPredicate([this, wanted](int row) {
            const FeatureRecord &record = m_model->record(row);
            return record.name.contains(wanted, Qt::CaseInsensitive) ||
                   badgeFor(healthOf(record.verdict.verdict)).text.contains(wanted, Qt::CaseInsensitive);
        });
    }
    setSelected(before);
    showCount();
}

void DriftFeatureTable::showCount()
{
    const int shown = m_proxy->rowCount();
    const int all = m_model->rowCount();
    m_count->setText(shown == all ? tr("%1 features").arg(countText(all))
                                  : tr("%1 of %2").arg(countText(shown), countText(all)));
}

} // namespace countersign
