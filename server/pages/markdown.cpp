#include "pages/markdown.hpp"

#include <cstdlib>
#include <memory>
#include <vector>

#include <cmark.h>

namespace etakahvila::pages {
namespace {

struct NodeFree {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct TextFree {
    void operator()(char* text) const { std::free(text); }
};
struct IteratorFree {
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

/// Within the site, and not with two slashes, which begin the name of another.
bool is_followed(std::string_view address) {
    if (address.starts_with("mailto:") || address.starts_with("tel:")) return true;
    // Browsers take a backslash for a slash.
    return address.starts_with('/') && !address.starts_with("//") && address.find('\\') == address.npos;
}

/// The words within stay, in its place; then the node goes.
void keep_words_only(cmark_node* node) {
    while (auto* child = cmark_node_first_child(node)) cmark_node_insert_before(node, child);
    cmark_node_unlink(node);
    cmark_node_free(node);
}

std::string words_of(cmark_node* node) {
    std::string words;
    for (auto* child = cmark_node_first_child(node); child != nullptr; child = cmark_node_next(child)) {
        if (const char* text = cmark_node_get_literal(child)) words += text;
    }
    return words;
}

void write_out(cmark_node* link) {
    const std::string address = cmark_node_get_url(link);
    if (!address.empty() && words_of(link) != address) {
        auto* text = cmark_node_new(CMARK_NODE_TEXT);
        cmark_node_set_literal(text, (" (" + address + ")").c_str());
        cmark_node_insert_after(link, text);
    }
    keep_words_only(link);
}

}  // namespace

std::string safe_html(std::string_view markdown) {
    constexpr int options = CMARK_OPT_VALIDATE_UTF8;
    const std::unique_ptr<cmark_node, NodeFree> document{
        cmark_parse_document(markdown.data(), markdown.size(), options)};
    // What is changed is gathered first: who walks a tree does not saw at it.
    std::vector<cmark_node*> links;
    std::vector<cmark_node*> pictures;
    std::vector<cmark_node*> foreign;
    const std::unique_ptr<cmark_iter, IteratorFree> walk{cmark_iter_new(document.get())};
    for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
        if (event != CMARK_EVENT_ENTER) continue;
        auto* node = cmark_iter_get_node(walk.get());
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_LINK:
                if (!is_followed(cmark_node_get_url(node))) links.push_back(node);
                break;
            case CMARK_NODE_IMAGE: pictures.push_back(node); break;
            case CMARK_NODE_HTML_BLOCK:
            case CMARK_NODE_HTML_INLINE: foreign.push_back(node); break;
            default: break;
        }
    }
    for (auto* node : foreign) {
        cmark_node_unlink(node);
        cmark_node_free(node);
    }
    for (auto* node : pictures) keep_words_only(node);
    for (auto* node : links) write_out(node);
    const std::unique_ptr<char, TextFree> html{cmark_render_html(document.get(), options)};
    return html.get();
}

}  // namespace etakahvila::pages
