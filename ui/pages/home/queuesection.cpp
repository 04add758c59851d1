// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/queuesection.h"

#include <QHeaderView>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

namespace countersign {

QueueSection::QueueSection(const QString &title, const QString &icon, QAbstractItemModel *rows, QWidget *parent)
    : QWidget(parent)
    , m_header(new SectionHeader(title, this))
    , m_table(new TableView(title, this))
    , m_empty(new EmptyState(icon, {}, {}, {}, this))
    , m_stack(new QStackedWidget(this))
{
    m_table->setModel(rows);
    m_table->setItemDelegate(new BadgeDelegate(m_table));
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_header);
    column->addWidget(m_stack, 1);
}

void QueueSection::follow(const QString &emptyTitle, const QString &emptySentence, const QString &button)
{
    m_header->setRemark(rows() > 0 ? countText(rows()) : QString());
    m_empty->setTexts(emptyTitle, emptySentence, button);
    m_stack->setCurrentWidget(rows() > 0 ? static_cast<QWidget *>(m_table) : m_empty);
    if (rows() > 0 && !m_fitted) {
        m_table->fitColumns(60);
        m_fitted = true;
    }
}

int QueueSection::rows() const
{
    return m_table->model()->rowCount();
}

QPushButton *QueueSection::addAction(const QString &text)
{
    return m_header->addAction(text);
}

void QueueSection::focusTable()
{
    if (rows() == 0) {
        m_empty->setFocus();
        return;
    }
    m_table->start();
}

} // namespace countersign
