// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/riskpanel.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/tierrows.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/text.h"

namespace countersign {

RiskPanel::RiskPanel(QWidget *parent)
    : QWidget(parent)
    , m_sides(new QWidget(this))
    , m_table(new RowsTable(tr("Controls of the tier"), controlHeadings(), this))
    , m_demands(quietLabel(this))
{
    auto *grid = new QGridLayout(m_sides);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(2, 1);
    grid->setHorizontalSpacing(10);
    m_inherent = addSide(grid, tr("Inherent tier"));
    m_controls = addSide(grid, tr("Controls"));
    m_residual = addSide(grid, tr("Residual tier"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWrapping();
    m_table->shareWidth({0, 2});
    m_table->setGrowing(true);
    m_demands->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_sides);
    column->addWidget(m_table);
    column->addWidget(m_demands);
}

RiskPanel::Side RiskPanel::addSide(QGridLayout *grid, const QString &name)
{
    const auto row = grid->rowCount();
    auto *title = quietLabel(m_sides);
    title->setText(name);
    title->setWordWrap(false);
    Side side{new Badge(m_sides), new QLabel(m_sides)};
    side.words->setWordWrap(true);
    side.words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    side.words->setAccessibleName(name);
    grid->addWidget(title, row, 0, Qt::AlignTop);
    grid->addWidget(side.badge, row, 1, Qt::AlignTop);
    grid->addWidget(side.words, row, 2);
    return side;
}

void RiskPanel::show(const RiskStanding &risk, const QString &demands)
{
    m_sides->show();
    m_table->show();
    m_inherent.badge->setBadge(tierBadge(risk.inherent, toQt(risk.inherentLabel)));
    m_inherent.words->setText(risk.provisional ? tr("By the answers and rules, before controls. Provisional: an answer "
                                                    "is not known.")
                                               : tr("By the answers and rules, before controls."));
    m_controls.badge->setBadge(controlBadge(risk.controls));
    m_controls.words->setText(toQt(risk.controlsWhy));
    m_residual.badge->setBadge(tierBadge(risk.residual, toQt(risk.residualLabel)));
    m_residual.words->setText(toQt(risk.residualWhy));
    m_table->setRows(controlRows(risk));
    m_demands->setText(demands);
}

void RiskPanel::setNothing(const QString &why)
{
    m_sides->hide();
    m_table->hide();
    m_demands->setText(why);
}

} // namespace countersign
