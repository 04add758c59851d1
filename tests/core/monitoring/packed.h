// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <zlib.h>
#include <zstd.h>

inline std::string gzipped(const std::string &text)
{
    std::string packed(text.size() + 1024, '\0');
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    deflateEnd(&stream);
    return packed.substr(0, stream.total_out);
}

inline std::string zstandard(const std::string &text)
{
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    return packed.substr(0, ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
}
