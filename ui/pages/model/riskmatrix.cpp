// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/riskmatrix.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/riskmatrixmodel.h"
#include "ui/shell/theme.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

/// The tier on its colour; the model's cell has a thick frame and a triangle in its corner, one still possible is
/// hatched.
class MatrixDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        constexpr int corner = 10;
        const auto theme = Theme::of(option.palette);
        const auto tone = static_cast<Theme::Colour>(index.data(RiskMatrixModel::ToneRole).toInt());
        const auto mark = static_cast<RiskMatrixModel::Mark>(index.data(RiskMatrixModel::MarkRole).toInt());
        const auto area = option.rect.adjusted(1, 1, -1, -1);
        const bool here = mark == RiskMatrixModel::Mark::here;
        painter->save();
        painter->fillRect(area, theme.tint(tone));
        painter->fillRect(QRect(area.left(), area.bottom() - 2, area.width(), 3), theme.colour(tone));
        if (mark == RiskMatrixModel::Mark::possible)
            painter->fillRect(area, QBrush(theme.colour(Theme::Colour::grid), Qt::BDiagPattern));
        auto font = option.font;
        font.setBold(here);
        painter->setFont(font);
        painter->setPen(theme.colour(Theme::Colour::text));
        const auto room = area.adjusted(corner, 0, -corner, -3);
        painter->drawText(room, Qt::AlignCenter,
                          QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, room.width()));
        if (here) {
            painter->setPen(QPen(theme.colour(Theme::Colour::text), 2));
            painter->drawRect(area.adjusted(1, 1, -1, -1));
            QPainterPath triangle(area.topLeft());
            triangle.lineTo(area.topLeft() + QPoint(corner, 0));
            triangle.lineTo(area.topLeft() + QPoint(0, corner));
            triangle.closeSubpath();
            painter->fillPath(triangle, theme.colour(Theme::Colour::text));
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(theme.colour(Theme::Colour::accent), 2, Qt::DashLine));
            painter->drawRect(area.adjusted(3, 3, -4, -4));
        }
        painter->restore();
    }
};

} // namespace

RiskMatrix::RiskMatrix(QWidget *parent)
    : QWidget(parent)
    , m_model(new RiskMatrixModel(this))
    , m_table(new QTableView(this))
    , m_axes(quietLabel(this))
    , m_words(new QLabel(this))
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Risk matrix"));
    m_table->setItemDelegate(new MatrixDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setCornerButtonEnabled(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (auto *header : {m_table->horizontalHeader(), m_table->verticalHeader()}) {
        header->setHighlightSections(false);
        header->setSectionsClickable(false);
    }
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setAccessibleName(tr("Columns of the risk matrix"));
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setAccessibleName(tr("Rows of the risk matrix"));
    m_words->setWordWrap(true);
    m_words->setAccessibleName(tr("Place in the risk matrix"));
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_axes);
    column->addWidget(m_table);
    column->addWidget(m_words);
}

void RiskMatrix::show(const PolicyPack &pack, const TierComputation &computation)
{
    m_model->show(pack, computation);
    m_axes->setText(tr("Rows: %1. Columns: %2.").arg(m_model->rowTitle(), m_model->columnTitle()));
    m_words->setText(m_model->inWords());
    m_table->setAccessibleDescription(m_model->inWords());
    if (const auto here = m_model->here(); here.isValid())
        m_table->setCurrentIndex(here);
    fit();
}

void RiskMatrix::fit()
{
    const auto line = m_table->fontMetrics().height() * 2;
    m_table->verticalHeader()->setDefaultSectionSize(line);
    m_table->setFixedHeight(std::max(1, m_model->rowCount()) * line + m_table->horizontalHeader()->sizeHint().height() +
                            2 * m_table->frameWidth());
}

void RiskMatrix::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

} // namespace countersign
