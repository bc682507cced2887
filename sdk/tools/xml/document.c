// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// An XML text as a tree whose nodes know their lines.

#include "xml/document.h"

#include <limits.h>
#include <string.h>

#include <libxml/parser.h>

#include "xml/positions.h"

// Only the first syntax error is told: those behind it are mostly its consequences.
static void on_error(void *context, xmlErrorPtr error)
{
    xmlParserCtxt *parser = context;
    struct diags *diags = parser->_private;
    const char *message = error->message != NULL ? error->message : "syntax error";
    size_t length = strcspn(message, "\n");

    if (error->level >= XML_ERR_ERROR && diags->lost == 0) {
        unsigned line = error->line > 0 ? (unsigned)error->line : 1;

        diag_add(diags, RULE_XML_SYNTAX, line,
                 "XML syntax: %.*s" MEND "mend the XML, everything behind it may be misread",
                 (int)length, message);
        diags->lost = line;
    }
}

static xmlDoc *parse(struct diags *diags, struct bytes text)
{
    xmlParserCtxt *parser = xmlNewParserCtxt();
    xmlDoc *doc;

    if (parser == NULL) {
        return NULL;
    }
    parser->_private = diags;
    parser->sax->serror = on_error;
    doc = xmlCtxtReadMemory(parser, (const char *)text.data, (int)text.size, diags->file, NULL,
                            XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_BIG_LINES);
    xmlFreeParserCtxt(parser);
    return doc;
}

xmlDoc *document_parse(struct diags *diags, struct bytes text)
{
    xmlDoc *doc = text.size <= INT_MAX ? parse(diags, text) : NULL;

    if (doc != NULL && doc->intSubset != NULL) {
        diag_add(diags, RULE_XML_DOCTYPE, 0,
                 "the file has a document type declaration" MEND "remove '<!DOCTYPE ...>'");
        xmlFreeDoc(doc);
        return NULL;
    }
    if (doc == NULL || xmlDocGetRootElement(doc) == NULL) {
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
