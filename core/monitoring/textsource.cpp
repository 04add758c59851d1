// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/textsource.h"

#include "core/base/error.h"
#include "core/base/pages.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/logfiles.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iconv.h>
#include <optional>

namespace countersign {

namespace {

constexpr std::size_t decodedAtOnce = std::size_t{1} << 18;

std::string_view textOf(const PageVector<char> &bytes)
{
    return {bytes.data(), bytes.size()};
}

/// iconv from one encoding to UTF-8, a piece at a time.
class Decoder
{
public:
    Decoder(TextEncoding encoding, std::string fileName)
        : m_encoding(encoding)
        , m_fileName(std::move(fileName))
        , m_converter(iconv_open("UTF-8", iconvName(encoding)))
    {
        if (m_converter == reinterpret_cast<iconv_t>(-1))
            throw Exception(ErrorCode::Internal, "This system cannot decode " + inWords(encoding) + " text.",
                            "Save the log as UTF-8.");
    }
    ~Decoder() { iconv_close(m_converter); }
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    /// Appends the text of `bytes` to `to`; an unfinished character waits for the next piece, and there is none `last`.
    void decode(std::string_view bytes, bool last, std::string &to)
    {
        m_waiting.append(bytes);
        char *from = m_waiting.data();
        std::size_t left = m_waiting.size();
        const std::size_t had = to.size();
        while (left > 0) {
            char piece[1 << 14];
            char *out = piece;
            std::size_t room = sizeof piece;
            const std::size_t code = iconv(m_converter, &from, &left, &out, &room);
            to.append(piece, out);
            if (code != static_cast<std::size_t>(-1) || errno == E2BIG)
                continue;
            if (errno == EINVAL && !last)
                break;
            if (m_encoding != TextEncoding::Windows1252)
                fail(std::string_view(to).substr(had));
            to += utf8FromWindows1252({from, 1}); // one of the five bytes that it leaves free
            ++from;
            --left;
        }
        m_waiting.erase(0, m_waiting.size() - left);
        m_lines += static_cast<std::size_t>(std::count(to.begin() + static_cast<std::ptrdiff_t>(had), to.end(), '\n'));
    }

private:
    static const char *iconvName(TextEncoding encoding)
    {
        switch (encoding) {
        case TextEncoding::Windows1252:
            return "WINDOWS-1252";
        case TextEncoding::Utf16BigEndian:
            return "UTF-16BE";
        case TextEncoding::Utf16LittleEndian:
            return "UTF-16LE";
        case TextEncoding::Automatic:
        case TextEncoding::Utf8:
            break;
        }
        return "UTF-8";
    }

    [[noreturn]] void fail(std::string_view decoded) const
    {
        const auto line = m_lines + static_cast<std::size_t>(std::count(decoded.begin(), decoded.end(), '\n')) + 1;
        throw Exception(ErrorCode::InvalidInput,
                        m_fileName + " line " + std::to_string(line) + " is not valid " + inWords(m_encoding) +
                            " text.",
                        "Choose another encoding, or save the log as UTF-8.");
    }

    TextEncoding m_encoding;
    std::string m_fileName;
    iconv_t m_converter;
    std::string m_waiting;
    std::size_t m_lines = 0;
};

/// Digits, delimiters and Latin letters have one byte 0 of two in UTF-16, always on the same side.
TextEncoding encodingByZeros(std::string_view start)
{
    constexpr std::size_t looked = 4096;
    constexpr std::size_t least = 4;
    if (start.size() < least)
        return TextEncoding::Automatic;
    const std::size_t pairs = std::min(start.size(), looked) / 2;
    std::size_t high = 0; // zeros where a big end would stand
    std::size_t low = 0;
    for (std::size_t i = 0; i < pairs; ++i) {
        high += start[2 * i] == 0 ? 1U : 0U;
        low += start[2 * i + 1] == 0 ? 1U : 0U;
    }
    constexpr std::size_t rare = 50; // letters such as U+0100, once in so many characters
    if (low * 2 >= pairs && high * rare <= pairs)
        return TextEncoding::Utf16LittleEndian;
    if (high * 2 >= pairs && low * rare <= pairs)
        return TextEncoding::Utf16BigEndian;
    return TextEncoding::Automatic;
}

} // namespace

TextEncoding encodingMarked(std::string_view start)
{
    if (start.starts_with("\xff\xfe"))
        return TextEncoding::Utf16LittleEndian;
    if (start.starts_with("\xfe\xff"))
        return TextEncoding::Utf16BigEndian;
    if (start.starts_with("\xef\xbb\xbf"))
        return TextEncoding::Utf8;
    return encodingByZeros(start);
}

struct TextSource::Impl
{
    Impl(const std::string &path, std::size_t headBytes)
        : fileName(fileNameOf(path))
        , bytes(path)
        , head(headBytes)
    {
        head.resize(bytes.read(head.data(), head.size()));
        all = head.size() < headBytes;
    }

    /// More decoded text, or none at the end.
    void decodeMore()
    {
        decoded.clear();
        used = 0;
        while (decoded.empty() && !finished) {
            if (taken < head.size()) {
                finished = all;
                decoder->decode(textOf(head).substr(taken), finished, decoded);
                taken = head.size();
            } else {
                std::string piece(decodedAtOnce, '\0');
                piece.resize(bytes.read(piece.data(), piece.size()));
                finished = piece.size() < decodedAtOnce;
                decoder->decode(piece, finished, decoded);
            }
        }
    }

    std::string fileName;
    ByteSource bytes;
    PageVector<char> head;
    bool all = false;
    std::size_t taken = 0; ///< of the head
    std::optional<Decoder> decoder;
    std::string decoded;
    std::size_t used = 0; ///< of the decoded text
    bool finished = false;
};

TextSource::TextSource(const std::string &path, std::size_t headBytes)
    : m_impl(std::make_unique<Impl>(path, headBytes))
{
}

TextSource::~TextSource() = default;

std::string_view TextSource::head() const
{
    return textOf(m_impl->head);
}

bool TextSource::headIsAll() const
{
    return m_impl->all;
}

void TextSource::setEncoding(TextEncoding encoding)
{
    auto &impl = *m_impl;
    const std::string_view start = textOf(impl.head);
    if (encoding == TextEncoding::Utf8 || encoding == TextEncoding::Automatic) {
        impl.taken = start.starts_with("\xef\xbb\xbf") ? 3 : 0;
        return;
    }
    const bool marked = encoding != TextEncoding::Windows1252 && encodingMarked(start.substr(0, 2)) == encoding;
    impl.taken = marked ? 2 : 0;
    impl.decoder.emplace(encoding, impl.fileName);
}

std::size_t TextSource::read(char *to, std::size_t size)
{
    auto &impl = *m_impl;
    if (!impl.decoder) {
        const std::size_t ready = std::min(size, impl.head.size() - impl.taken);
        std::copy_n(impl.head.data() + impl.taken, ready, to);
        impl.taken += ready;
        return ready == size || impl.all ? ready : ready + impl.bytes.read(to + ready, size - ready);
    }
    std::size_t filled = 0;
    while (filled < size) {
        if (impl.used == impl.decoded.size())
            impl.decodeMore();
        const std::size_t ready = std::min(size - filled, impl.decoded.size() - impl.used);
        if (ready == 0)
            break;
        std::memcpy(to + filled, impl.decoded.data() + impl.used, ready);
        impl.used += ready;
        filled += ready;
    }
    return filled;
}

void TextSource::skipTo(std::uint64_t offset)
{
    m_impl->bytes.skipTo(offset);
}

const ByteSource &TextSource::bytes() const
{
    return m_impl->bytes;
}

} // namespace countersign
