// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Validation with libxml2 and its messages in our words.

#include "xml/schema.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include "xml/positions.h"

extern const char schema_system_xsd[];
extern const char schema_board_xsd[];

static xmlDoc *trees[SCHEMA_COUNT];
static xmlSchema *compiled[SCHEMA_COUNT];

const char *schema_text(enum schema_kind kind)
{
    return kind == SCHEMA_SYSTEM ? schema_system_xsd : schema_board_xsd;
}

xmlDoc *schema_tree(enum schema_kind kind)
{
    const char *text = schema_text(kind);

    if (trees[kind] == NULL) {
        trees[kind] = xmlReadMemory(text, (int)strlen(text), "schema", NULL, XML_PARSE_NONET);
    }
    return trees[kind];
}

static xmlSchema *schema_compiled(enum schema_kind kind)
{
    if (compiled[kind] == NULL) {
        const char *text = schema_text(kind);
        xmlSchemaParserCtxt *parser = xmlSchemaNewMemParserCtxt(text, (int)strlen(text));

        compiled[kind] = xmlSchemaParse(parser);
        xmlSchemaFreeParserCtxt(parser);
    }
    return compiled[kind];
}

void schema_release(void)
{
    for (int kind = 0; kind < SCHEMA_COUNT; kind++) {
        xmlSchemaFree(compiled[kind]);
        xmlFreeDoc(trees[kind]);
        compiled[kind] = NULL;
        trees[kind] = NULL;
    }
}

// A message without "{namespace}" and without "[facet ...] ".
static char *plain(struct pool *pool, const char *message)
{
    char *text = pool_copy(pool, message, strcspn(message, "\n"));
    char *to = text;

    for (const char *from = text; *from != '\0';) {
        if (*from == '{' && strncmp(from, "{urn:", 5) == 0 && strchr(from, '}') != NULL) {
            from = strchr(from, '}') + 1;
        } else if (strncmp(from, "[facet", 6) == 0 && strstr(from, "] ") != NULL) {
            from = strstr(from, "] ") + 2;
        } else {
            *to++ = *from++;
        }
    }
    while (to > text && to[-1] == '.') {
        to--;
    }
    *to = '\0';
    return text;
}

// "( A, B )" of a message as "A, B".
static const char *expected(struct pool *pool, const char *message)
{
    const char *open = strstr(message, "( ");
    const char *close = open != NULL ? strstr(open, " )") : NULL;

    return close == NULL ? "" : pool_copy(pool, open + 2, (size_t)(close - open) - 2);
}

// Order and number of children are shape_check()'s; this is for what it may have missed.
static void content_error(struct diags *diags, const xmlNode *node, const char *message)
{
    const char *list = expected(diags->pool, message);

    if (!diag_has_line(diags, position_of(node))) {
        diag_add(diags, RULE_ELEMENT_PLACE, position_of(node),
                 "'%s' is out of place, or its children are" MEND "%s%s", node->name,
                 *list == '\0' ? "see 'septum schema'" : "expected is ", list);
    }
}

static unsigned attribute_line(struct diags *diags, const xmlNode *node, const char *message)
{
    const char *name = strstr(message, "attribute '");

    if (name == NULL || node->type != XML_ELEMENT_NODE) {
        return position_of(node);
    }
    name += strlen("attribute '");
    return position_of_attribute(node, pool_copy(diags->pool, name, strcspn(name, "'")));
}

static void other_error(struct diags *diags, const xmlNode *node, const char *message)
{
    const char *text = strstr(message, ": ");
    unsigned line = attribute_line(diags, node, message);

    if (!diag_has_line(diags, line)) {
        diag_add(diags, RULE_SHAPE_OTHER, line, "'%s': %s" MEND "see 'septum schema'", node->name,
                 text != NULL ? text + 2 : message);
    }
}

static void on_error(void *context, xmlErrorPtr error)
{
    struct diags *diags = context;
    const xmlNode *node = error->node;
    const char *message = plain(diags->pool, error->message != NULL ? error->message : "");

    if (node != NULL && node->type == XML_ATTRIBUTE_NODE) {
        node = node->parent;
    }
    if (node == NULL || error->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_4) {
        return; // a missing attribute is shape_check()'s
    }
    switch (error->code) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
        content_error(diags, node, message);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
        diag_add(diags, RULE_TEXT_PLACE, position_of(node),
                 "'%s' holds text" MEND "remove it, or put it into a comment", node->name);
        break;
    default:
        other_error(diags, node, message);
        break;
    }
}

void schema_validate(struct diags *diags, xmlDoc *doc, enum schema_kind kind)
{
    xmlSchemaValidCtxt *validator = xmlSchemaNewValidCtxt(schema_compiled(kind));

    xmlSchemaSetValidStructuredErrors(validator, on_error, diags);
    xmlSchemaValidateDoc(validator, doc);
    xmlSchemaFreeValidCtxt(validator);
}
