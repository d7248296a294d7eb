package org.milena.scanner.builtin.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value in a PDF (ISO 32000-1 section 7.3), but for streams. */
sealed interface PdfValue {

  /** Without the solidus, letters written as numbers put right. */
  record Name(String text) implements PdfValue {}

  /** A whole number. */
  record Whole(long number) implements PdfValue {}

  /** True or false. */
  record Truth(boolean holds) implements PdfValue {}

  /** A string; each character is an octet. */
  record Text(String octets) implements PdfValue {}

  /** Points to an object that stands elsewhere. */
  record Reference(long number, long generation) implements PdfValue {}

  /** Values in a row. */
  record Array(List<PdfValue> values) implements PdfValue {
    /** Of a fixed list. */
    public Array {
      values = List.copyOf(values);
    }
  }

  /** Values under names, of which none is there twice. */
  record Dictionary(Map<String, PdfValue> entries) implements PdfValue {
    /** Of a fixed map. */
    public Dictionary {
      entries = Map.copyOf(entries);
    }

    boolean has(String key) {
      return entries.containsKey(key);
    }

    /** The value under this name, if there is one and it is of this kind. */
    <T extends PdfValue> Optional<T> get(String key, Class<T> kind) {
      return Optional.ofNullable(entries.get(key)).filter(kind::isInstance).map(kind::cast);
    }

    /** Empty where there is no name. */
    String name(String key) {
      return get(key, Name.class).map(Name::text).orElse("");
    }

    /** Empty where there is no string. */
    String text(String key) {
      return get(key, Text.class).map(Text::octets).orElse("");
    }
  }

  /** Null and fractions: values, and none that we ask for. */
  record Other() implements PdfValue {}

  /** No value, or one of a form that programs may read in more than one way. */
  record Unreadable() implements PdfValue {}
}
