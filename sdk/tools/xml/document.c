// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// An XML text as a tree whose nodes know their lines.

#include "xml/document.h"

#include <limits.h>
#include <string.h>

#include <libxml/parser.h>

#include "xml/positions.h"

/// What the parser's callbacks share.
struct parse {
    struct diags *diags;
    bool doctype; ///< there is a document type; nothing behind it was read
};

// Only the first syntax error is told: those behind it are mostly its consequences.
static void on_error(void *context, xmlErrorPtr error)
{
    const xmlParserCtxt *parser = context;
    const struct parse *p = parser->_private;
    const char *message = error->message != NULL ? error->message : "syntax error";
    size_t length = strcspn(message, "\n");

    if (error->level >= XML_ERR_ERROR && p->diags->lost == 0 && !p->doctype) {
        unsigned line = error->line > 0 ? (unsigned)error->line : 1;

        diag_add(p->diags, RULE_XML_SYNTAX, line,
                 "XML syntax: %.*s" MEND "mend the XML, everything behind it may be misread",
                 (int)length, message);
        p->diags->lost = line;
    }
}

// The line on which "<!DOCTYPE" stands; the parser is behind the names that follow it.
static unsigned doctype_line(const xmlParserInput *input)
{
    static const char word[] = "<!DOCTYPE";
    const xmlChar *at = input->cur;
    int line = input->line;

    while (at > input->base && strncmp((const char *)at, word, sizeof word - 1) != 0) {
        at--;
        line -= *at == '\n' ? 1 : 0;
    }
    return line > 0 ? (unsigned)line : 1;
}

// Called before anything that a document type declares is read: no entity is ever expanded.
static void on_doctype(void *context, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    xmlParserCtxt *parser = context;
    struct parse *p = parser->_private;

    (void)name;
    (void)external;
    (void)system;
    diag_add(p->diags, RULE_XML_DOCTYPE, doctype_line(parser->input),
             "the file has a document type declaration" MEND "remove '<!DOCTYPE ...>'");
    p->doctype = true;
    xmlStopParser(parser);
}

static xmlDoc *parse(struct parse *p, struct bytes text)
{
    xmlParserCtxt *parser = xmlNewParserCtxt();
    xmlDoc *doc;

    if (parser == NULL) {
        return NULL;
    }
    parser->_private = p;
    parser->sax->serror = on_error;
    parser->sax->internalSubset = on_doctype;
    doc = xmlCtxtReadMemory(parser, (const char *)text.data, (int)text.size, p->diags->file, NULL,
                            XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_BIG_LINES);
    xmlFreeParserCtxt(parser);
    return doc;
}

xmlDoc *document_parse(struct diags *diags, struct bytes text)
{
    struct parse p = {diags, false};
    xmlDoc *doc = text.size <= INT_MAX ? parse(&p, text) : NULL;

    if (p.doctype || doc == NULL || xmlDocGetRootElement(doc) == NULL) {
        if (diags->count == 0) {
            diag_add(diags, RULE_XML_SYNTAX, 0, "the file holds no XML" MEND "write a description");
        }
        xmlFreeDoc(doc);
        return NULL;
    }
    positions_attach(diags->pool, (const char *)text.data, text.size, doc);
    return doc;
}

xmlNode *document_element(xmlNode *node)
{
    while (node != NULL && node->type != XML_ELEMENT_NODE) {
        node = node->next;
    }
    return node;
}

xmlNode *document_first(const xmlNode *parent)
{
    return document_element(parent->children);
}

xmlNode *document_next(const xmlNode *node)
{
    return document_element(node->next);
}

bool document_is(const xmlNode *node, const char *name)
{
    return strcmp((const char *)node->name, name) == 0;
}
