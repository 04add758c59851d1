// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/modeltab.h"

#include <QLabel>

#include "ui/shell/context.h"

namespace countersign {

ModelTab::ModelTab(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
}

void ModelTab::showModel(const ModelId &model)
{
    if (m_model != model) {
        m_model = model;
        modelChanged();
    }
    refresh();
}

void ModelTab::select(const QString &) {}

const Model *ModelTab::model() const
{
    const auto &models = m_context.workspace.registry().models;
    const auto found = models.find(m_model);
    return found == models.end() ? nullptr : &found->second;
}

QLabel *quietLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace countersign
