// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/audit/asofdialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/models/inventoryrows.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

namespace countersign {

AsOfDialog::AsOfDialog(const Registry &then, const PolicyPack &pack, Date day, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Inventory as of %1").arg(dateText(day)));
    setModal(true);
    auto *rows = new RecordModel<InventoryRow>(
        inventoryColumns(toQt(day)), [](const InventoryRow &row) { return toQt(row.model.id.str()); }, this);
    rows->setRecords(inventoryRows(pack, then));
    auto *proxy = new RecordProxy(rows, this);
    auto *table = new TableView(tr("Models as of %1").arg(dateText(day)), this);
    table->setModel(proxy);
    table->setItemDelegate(new BadgeDelegate(table));
    table->sortByColumn(0, Qt::AscendingOrder);
    for (int column = inventoryColumnsShown; column < rows->columnCount(); ++column)
        table->setColumnHidden(column, true);
    table->fitColumns(34);

    auto *text = new QLabel(tr("At the end of %1 (UTC) the log held %2. Computed from the signed entries alone.")
                                .arg(dateText(day), countText(then.size, tr("entry"), tr("entries"))),
                            this);
    text->setWordWrap(true);
    auto *filter = new FilterBar(tr("Search models"), this);
    const auto apply = [=] {
        InventoryFilter wanted;
        wanted.text = filter->text();
        proxy->setPredicate([rows, wanted](int row) { return wanted.matches(rows->record(row)); });
        filter->setShown(proxy->rowCount(), rows->rowCount());
    };
    connect(filter, &FilterBar::changed, this, apply);
    apply();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copy = buttons->addButton(tr("C&opy as text"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, table, &TableView::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(text);
    column->addWidget(filter);
    column->addWidget(table, 1);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 160, fontMetrics().height() * 36);
}

} // namespace countersign
