// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/evidencelist.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/pages/model/findingrows.h"
#include "ui/pages/model/openfile.h"
#include "ui/pages/model/rowstable.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/text.h"

namespace countersign {

EvidenceList::EvidenceList(Context &context, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *header = new SectionHeader(title, this);
    m_open = header->addAction(tr("&Open"));
    m_save = header->addAction(tr("&Save a copy…"));
    m_given = new RowsTable(title, evidenceHeadings(), this);
    m_given->setWrapping();
    m_given->shareWidth({1, 2});
    m_given->setSelectionMode(QAbstractItemView::SingleSelection);
    m_given->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_given->setGrowing(true);
    layout->addWidget(header);
    layout->addWidget(m_given);
    const auto follow = [this] {
        const auto *file = selectedFile();
        for (auto *button : {m_open, m_save}) {
            button->setEnabled(file);
            button->setToolTip(file ? QString() : tr("Select a file first."));
        }
    };
    connect(m_given, &RowsTable::currentKeyChanged, this, follow);
    connect(m_given, &RowsTable::opened, m_open, &QPushButton::click);
    connect(m_open, &QPushButton::clicked, this, [this] { takeFile(true); });
    connect(m_save, &QPushButton::clicked, this, [this] { takeFile(false); });
    follow();
}

void EvidenceList::showEvidence(const std::vector<RemediationEvidence> &evidence)
{
    m_evidence = evidence;
    m_given->setRows(evidenceRows(m_context.workspace.registry(), evidence));
    setVisible(!evidence.empty());
}

const EvidenceFile *EvidenceList::selectedFile() const
{
    const auto place = m_given->currentKey().split(u'/');
    if (place.size() != 2)
        return nullptr;
    bool isFile = false;
    const auto at = place[0].toULongLong();
    const auto file = place[1].toULongLong(&isFile);
    return isFile && at < m_evidence.size() && file < m_evidence[at].files.size() ? &m_evidence[at].files[file]
                                                                                  : nullptr;
}

void EvidenceList::takeFile(bool open)
{
    const auto *chosen = selectedFile();
    if (!chosen)
        return;
    const auto file = *chosen;
    const auto name = toQt(file.fileName);
    const auto title = (open ? tr("Open %1") : tr("Save %1")).arg(name);
    const auto bytes = m_context.workspace.evidenceBytes(file);
    if (!bytes)
        m_context.dialogs.error(this, title, bytes.error());
    else if (open)
        openAttached(m_context, this, name, file.hash, *bytes);
    else
        saveBytes(m_context, this, title, name, tr("All files (*)"), *bytes);
}

} // namespace countersign
