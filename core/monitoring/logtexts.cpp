// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/logtexts.h"

#include "core/monitoring/celltext.h"

#include <utility>

namespace countersign {

LogTexts::LogTexts(std::size_t columns, std::size_t mostTexts, const std::vector<std::vector<std::string>> &known,
                   std::size_t blocks)
    : m_mostTexts(mostTexts)
    , m_columns(columns)
    , m_next(blocks)
{
    for (std::size_t i = 0; i < known.size(); ++i) {
        for (const std::string &text : known[i])
            static_cast<void>(m_columns[i].texts.codeOf(text));
        limit(m_columns[i]);
    }
}

void LogTexts::take(std::size_t number, BlockResult &block)
{
    std::vector<Dictionary> dictionaries;
    dictionaries.reserve(block.columns.size());
    for (ColumnChunk &chunk : block.columns)
        dictionaries.push_back(std::exchange(chunk.dictionary, {}));
    const std::lock_guard lock(m_mutex);
    m_waiting.emplace(number, std::move(dictionaries));
    for (auto next = m_waiting.find(m_next); next != m_waiting.end(); next = m_waiting.find(++m_next)) {
        std::vector<Merged> &merged = m_merged[m_next];
        for (std::size_t i = 0; i < next->second.size(); ++i)
            merged.push_back(merge(m_columns[i], next->second[i]));
        m_waiting.erase(next);
    }
}

LogTexts::Merged LogTexts::merge(Column &column, const Dictionary &dictionary)
{
    if (column.tooMany)
        return {{}, dictionary.digests()};
    Merged merged;
    for (const std::string &text : dictionary.texts())
        merged.codes.push_back(column.texts.codeOf(utf8Of(text)));
    limit(column);
    return merged;
}

void LogTexts::limit(Column &column)
{
    if (!column.texts.exceeds(m_mostTexts))
        return;
    column.tooMany = true;
    column.digests = column.texts.digests();
    column.texts = {};
    ++m_turned;
}

bool LogTexts::isText(std::size_t column) const
{
    const std::lock_guard lock(m_mutex);
    return m_columns[column].tooMany;
}

std::vector<std::string> LogTexts::categories(std::size_t column) const
{
    return m_columns[column].texts.texts();
}

void LogTexts::finish(std::size_t number, std::size_t column, ColumnChunk &chunk, ColumnMemory &memory) const
{
    const auto found = m_merged.find(number);
    const Merged *merged = found == m_merged.end() ? nullptr : &found->second[column];
    const Column &all = m_columns[column];
    if (merged != nullptr && !merged->codes.empty())
        chunk.codes = replacedCodes(chunk.codes, merged->codes, memory);
    if (!all.tooMany || chunk.codes.size() == 0)
        return;
    const bool ofBlock = merged != nullptr && !merged->digests.empty();
    chunk.digests = digestsOfCells(chunk.codes, ofBlock ? merged->digests : all.digests, memory);
    chunk.codes = {};
}

} // namespace countersign
