// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/domain/finding.h"

class QPushButton;

namespace countersign {

struct Context;
class RowsTable;

/// The evidence given of a finding or of a record, with its files to open and to save. Hidden while there is none.
class EvidenceList : public QWidget
{
    Q_OBJECT

public:
    EvidenceList(Context &context, const QString &title, QWidget *parent);
    void showEvidence(const std::vector<RemediationEvidence> &evidence);

private:
    [[nodiscard]] const EvidenceFile *selectedFile() const;
    void takeFile(bool open);

    Context &m_context;
    std::vector<RemediationEvidence> m_evidence;
    QPushButton *m_open = nullptr;
    QPushButton *m_save = nullptr;
    RowsTable *m_given = nullptr;
};

} // namespace countersign
