// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/importwizard.h"

#include "ui/pages/inventory/rowspage.h"
#include "ui/shell/context.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

namespace countersign {

struct ImportWizard::Private
{
    explicit Private(Context &given)
        : context(given)
    {
    }

    Context &context;
    ImportFilePage *file = nullptr;
    ImportColumnsPage *columns = nullptr;
    ImportRowsPage *rows = nullptr;
};

ImportWizard::ImportWizard(Context &context, QWidget *parent)
    : QWizard(parent)
    , m_d(std::make_unique<Private>(context))
{
    setWindowTitle(tr("Import inventory"));
    setModal(true);
    setWizardStyle(QWizard::ModernStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    m_d->file = new ImportFilePage(context, inventoryForm(), this);
    m_d->columns = new ImportColumnsPage(*m_d->file, inventoryForm(), this);
    m_d->rows = new ImportRowsPage(context, *m_d->file, *m_d->columns, this);
    addPage(m_d->file);
    addPage(m_d->columns);
    addPage(m_d->rows);
    resize(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 36);
}

ImportWizard::~ImportWizard() = default;

void ImportWizard::openFile(const QString &path)
{
    m_d->file->openFile(path);
}

qint64 ImportWizard::goodRows() const
{
    return m_d->rows->plan().good();
}

qint64 ImportWizard::badRows() const
{
    return static_cast<qint64>(m_d->rows->plan().rows.size()) - goodRows();
}

void ImportWizard::accept()
{
    std::vector<Model> models;
    std::vector<std::string> provenance;
    for (const auto &row : m_d->rows->plan().rows)
        if (row.errors.empty()) {
            models.push_back(row.model);
            provenance.push_back(m_d->file->table().source + ", line " + std::to_string(row.line));
        }
    const auto result = m_d->context.workspace.registerModels(std::move(models), provenance);
    if (!result) {
        m_d->rows->messages()->showError(result.error());
        return;
    }
    QWizard::accept();
}

} // namespace countersign
