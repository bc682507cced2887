// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Names of elements and attributes against the XSD, read as a tree. libxml2's own validation stops
// at the first unknown child of an element; this pass names all of them, guesses what was meant and
// lets the meaning be checked in the same run.

#include "xml/schema.h"

#include <string.h>

#include "base/suggest.h"
#include "xml/document.h"
#include "xml/positions.h"

#define XSI "http://www.w3.org/2001/XMLSchema-instance"

struct shape {
    struct pool *pool;
    struct diags *diags;
    xmlNode *xsd;      ///< root of the XSD
    const xmlChar *ns; ///< that the file uses
};

/// The child seen last that was in its place.
struct last {
    const xmlNode *node;
    const xmlNode *declaration;
};

static const char *text_of(const xmlNode *node, const char *name)
{
    const xmlAttr *attribute = xmlHasProp(node, (const xmlChar *)name);

    return attribute != NULL && attribute->children != NULL
               ? (const char *)attribute->children->content
               : "";
}

static xmlNode *type_named(const struct shape *s, const char *name)
{
    for (xmlNode *type = document_first(s->xsd); type != NULL; type = document_next(type)) {
        if (document_is(type, "complexType") && strcmp(text_of(type, "name"), name) == 0) {
            return type;
        }
    }
    return NULL;
}

// Calls back for each declaration ('element' or 'attribute') inside a type.
typedef void each_fn(void *context, xmlNode *declaration);

static void each_declaration(xmlNode *node, const char *kind, each_fn *fn, void *context)
{
    for (xmlNode *child = document_first(node); child != NULL; child = document_next(child)) {
        if (document_is(child, kind)) {
            fn(context, child);
        } else if (document_is(child, "sequence") || document_is(child, "choice")) {
            each_declaration(child, kind, fn, context);
        }
    }
}

struct search {
    const char *name;
    xmlNode *found;
    struct suggest suggest;
    struct pool *pool;
    const char *list;
};

static void search_declaration(void *context, xmlNode *declaration)
{
    struct search *search = context;
    const char *name = text_of(declaration, "name");

    if (strcmp(name, search->name) == 0) {
        search->found = declaration;
    }
    suggest_word(&search->suggest, name);
    search->list = *search->list == '\0'
                       ? pool_printf(search->pool, "'%s'", name)
                       : pool_printf(search->pool, "%s, '%s'", search->list, name);
}

static struct search search(const struct shape *s, xmlNode *type, const char *kind,
                            const void *name)
{
    struct search search = {name, NULL, suggest_begin(name), s->pool, ""};

    each_declaration(type, kind, search_declaration, &search);
    return search;
}

static bool has_child(const xmlNode *parent, const char *name)
{
    for (xmlNode *child = document_first(parent); child != NULL; child = document_next(child)) {
        if (document_is(child, name)) {
            return true;
        }
    }
    return false;
}

static const char *otherwise(struct pool *pool, const void *owner, const char *list)
{
    return *list == '\0' ? "remove it"
                         : pool_printf(pool, "'%s' takes %s", (const char *)owner, list);
}

// Attributes that the type does not know: reported, then renamed or removed.
static void unknown_attribute(struct shape *s, xmlNode *node, xmlNode *type, xmlAttr *attribute)
{
    const char *name = (const char *)attribute->name;
    struct search known = search(s, type, "attribute", name);
    const char *best = known.suggest.best;

    if (attribute->ns == NULL && known.found != NULL) {
        return;
    }
    diag_add(s->diags, RULE_ATTRIBUTE_UNKNOWN, position_of_attribute(node, name),
             "unknown attribute '%s' of '%s'" MEND "%s", name, node->name,
             suggest_text(&known.suggest, s->pool, otherwise(s->pool, node->name, known.list)));
    if (attribute->ns == NULL && best != NULL && !xmlHasProp(node, (const xmlChar *)best)) {
        position_rename(node, name, best);
        xmlNodeSetName((xmlNode *)attribute, (const xmlChar *)best);
    } else {
        xmlRemoveProp(attribute);
    }
}

struct required {
    struct shape *shape;
    xmlNode *node;
};

static void required_attribute(void *context, xmlNode *declaration)
{
    struct required *r = context;
    const char *name = text_of(declaration, "name");

    if (strcmp(text_of(declaration, "use"), "required") == 0 &&
        xmlHasProp(r->node, (const xmlChar *)name) == NULL) {
        diag_add(r->shape->diags, RULE_ATTRIBUTE_MISSING, position_of(r->node),
                 "'%s' has no attribute '%s'" MEND "add it", r->node->name, name);
    }
}

static void check_attributes(struct shape *s, xmlNode *node, xmlNode *type)
{
    struct required required = {s, node};
    xmlAttr *next;

    for (xmlAttr *a = node->properties; a != NULL; a = next) {
        next = a->next;
        if (a->ns == NULL || strcmp((const char *)a->ns->href, XSI) != 0) {
            unknown_attribute(s, node, type, a);
        }
    }
    each_declaration(type, "attribute", required_attribute, &required);
}

static bool is_many(const xmlNode *declaration)
{
    return strcmp(text_of(declaration, "maxOccurs"), "unbounded") == 0;
}

static bool same_namespace(const struct shape *s, const xmlNode *node)
{
    return xmlStrEqual(node->ns != NULL ? node->ns->href : NULL, s->ns) != 0;
}

// The declaration of a child element; NULL when the child was unknown and is gone.
static xmlNode *child_declaration(struct shape *s, xmlNode *parent, xmlNode *type, xmlNode *child)
{
    struct search known = search(s, type, "element", child->name);
    const char *best = known.suggest.best;

    if (same_namespace(s, child) && known.found != NULL) {
        return known.found;
    }
    diag_add(s->diags, RULE_ELEMENT_UNKNOWN, position_of(child),
             "unknown element '%s' in '%s'" MEND "%s", child->name, parent->name,
             suggest_text(&known.suggest, s->pool, otherwise(s->pool, parent->name, known.list)));
    if (same_namespace(s, child) && best != NULL) {
        xmlNode *meant = search(s, type, "element", best).found;

        if (is_many(meant) || !has_child(parent, best)) {
            xmlNodeSetName(child, (const xmlChar *)best);
            return meant;
        }
    }
    xmlUnlinkNode(child);
    xmlFreeNode(child);
    return NULL;
}

static bool is_required(const xmlNode *declaration)
{
    return strcmp(text_of(declaration, "minOccurs"), "0") != 0;
}

// Whether a declaration stands behind another one in their sequence.
static bool is_behind(const xmlNode *declaration, const xmlNode *other)
{
    while (other != NULL && other != declaration) {
        other = other->next;
    }
    return other != NULL;
}

// Order and number of the children of an element whose type is a sequence.
static void check_child(struct shape *s, xmlNode *parent, struct last *last, xmlNode *child,
                        const xmlNode *declaration)
{
    if (last->declaration == declaration && !is_many(declaration)) {
        diag_add(s->diags, RULE_ELEMENT_PLACE, position_of(child),
                 "'%s' stands twice in '%s', first in line %u" MEND "remove one", child->name,
                 parent->name, position_of(last->node));
    } else if (last->declaration != NULL && !is_behind(declaration, last->declaration)) {
        diag_add(s->diags, RULE_ELEMENT_PLACE, position_of(child),
                 "'%s' stands behind '%s' (line %u) in '%s'" MEND "move it in front of that",
                 child->name, last->node->name, position_of(last->node), parent->name);
    } else {
        *last = (struct last){child, declaration};
    }
}

static void check_required(struct shape *s, const xmlNode *parent, xmlNode *type)
{
    xmlNode *sequence = document_first(type);

    if (sequence == NULL || !document_is(sequence, "sequence")) {
        return;
    }
    for (xmlNode *d = document_first(sequence); d != NULL; d = document_next(d)) {
        if (is_required(d) && !has_child(parent, text_of(d, "name"))) {
            diag_add(s->diags, RULE_ELEMENT_MISSING, position_of(parent),
                     "'%s' has no '%s'" MEND "add it", parent->name, text_of(d, "name"));
        }
    }
}

static void check_element(struct shape *s, xmlNode *node, xmlNode *declaration)
{
    xmlNode *type = type_named(s, text_of(declaration, "type"));
    struct last last = {NULL, NULL};
    xmlNode *next;

    if (type == NULL) {
        return;
    }
    check_attributes(s, node, type);
    for (xmlNode *child = document_first(node); child != NULL; child = next) {
        xmlNode *found;

        next = document_next(child);
        found = child_declaration(s, node, type, child);
        if (found != NULL) {
            if (document_is(found->parent, "sequence")) {
                check_child(s, node, &last, child, found);
            }
            check_element(s, child, found);
        }
    }
    check_required(s, node, type);
}

static xmlNode *root_declaration(xmlNode *xsd)
{
    xmlNode *node = document_first(xsd);

    while (node != NULL && !document_is(node, "element")) {
        node = document_next(node);
    }
    return node;
}

bool shape_check(struct diags *diags, xmlDoc *doc, enum schema_kind kind)
{
    xmlNode *xsd = xmlDocGetRootElement(schema_tree(kind));
    xmlNode *root = xmlDocGetRootElement(doc);
    xmlNode *declaration = root_declaration(xsd);
    const char *name = text_of(declaration, "name");
    const char *ns = text_of(xsd, "targetNamespace");
    struct shape s = {diags->pool, diags, xsd, root->ns != NULL ? root->ns->href : NULL};

    if (!document_is(root, name)) {
        diag_add(diags, RULE_XML_ROOT, position_of(root),
                 "the file begins with '%s', not with '%s'" MEND "write <%s xmlns=\"%s\" ...>",
                 root->name, name, name, ns);
        return false;
    }
    if (!xmlStrEqual(s.ns, (const xmlChar *)ns)) {
        diag_add(diags, RULE_XML_ROOT, position_of(root),
                 "'%s' is in namespace '%s'" MEND "write xmlns=\"%s\"", name,
                 s.ns != NULL ? (const char *)s.ns : "", ns);
    }
    check_element(&s, root, declaration);
    return true;
}
