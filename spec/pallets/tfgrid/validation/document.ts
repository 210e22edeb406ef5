/**
 * Links to terms and conditions, and the hashes of their text.
 * @source pallet-tfgrid/src/terms_cond.rs `validate_document_link_input`, `validate_document_hash_input` @439e6919
 */
import type { Bytes } from '../../../kernel/shape.js'

/** The fewest bytes of a link (the most: 2048) and of a hash (the most: 50); longer ones do not decode. */
export const minDocumentLinkLength = 1
export const minDocumentHashLength = 1

/** Only characters that RFC 3986 allows in a URI, without the percent sign. */
export const documentLinkIsValid = (link: Bytes): boolean => /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]*$/.test(link)

/** Letters, digits, `-` and `_` of ASCII. */
export const documentHashIsValid = (hash: Bytes): boolean => /^[A-Za-z0-9_-]*$/.test(hash)
