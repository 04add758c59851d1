// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/covereditems.h"

#include <QFontDatabase>
#include <QHeaderView>

#include "ui/pages/model/words.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QString changeWord(const std::vector<CoverDifference> &differences, const CoveredItem &item)
{
    for (const auto &difference : differences)
        if (difference.item.kind == item.kind && difference.item.id == item.id)
            return difference.change == CoverChange::added ? CoveredItems::tr("new since shown")
                                                           : CoveredItems::tr("changed since shown");
    return {};
}

} // namespace

CoveredItems::CoveredItems(QWidget *parent)
    : QTreeWidget(parent)
{
    setAccessibleName(tr("What is signed"));
    setColumnCount(4);
    setHeaderLabels({tr("What is signed"), tr("Kind"), tr("SHA-256"), tr("Since shown")});
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionsMovable(false);
    setColumnHidden(3, true);
    setAlternatingRowColors(true);
    setUniformRowHeights(true);
    setRootIsDecorated(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
}

void CoveredItems::show(const std::vector<CoveredItem> &items, const std::vector<CoverDifference> &differences)
{
    clear();
    const auto monospace = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    for (const auto &item : items) {
        const auto change = changeWord(differences, item);
        auto *row =
            new QTreeWidgetItem(this, {toQt(item.title), toQt(item.kind), shortDigest(item.hash) + u"…"_s, change});
        row->setFont(2, monospace);
        row->setToolTip(0, toQt(item.title));
        row->setToolTip(2, toQt(item.hash.hex()));
        if (!change.isEmpty()) {
            auto bold = font();
            bold.setBold(true);
            row->setFont(0, bold);
            row->setFont(3, bold);
        }
        auto *digest = new QTreeWidgetItem(row, {tr("SHA-256 %1").arg(toQt(item.hash.hex()))});
        digest->setFont(0, monospace);
        digest->setFirstColumnSpanned(true);
        digest->setToolTip(0, toQt(item.hash.hex()));
        if (!item.id.empty()) {
            auto *id = new QTreeWidgetItem(row, {tr("Id %1").arg(toQt(item.id))});
            id->setFont(0, monospace);
            id->setFirstColumnSpanned(true);
        }
    }
    setColumnHidden(3, differences.empty());
}

QSize CoveredItems::sizeHint() const
{
    return {600, fontMetrics().height() * 10};
}

} // namespace countersign
