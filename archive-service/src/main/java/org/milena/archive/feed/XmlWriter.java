package org.milena.archive.feed;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements of XML 1.0; characters that it cannot hold are written as U+FFFD. */
final class XmlWriter {
  private final XMLStreamWriter xml;

  private XmlWriter(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** Begins a document with its root element, in a namespace. */
  static XmlWriter begin(OutputStream out, String root, String namespace)
      throws XMLStreamException {
    XMLStreamWriter xml =
        XMLOutputFactory.newDefaultFactory()
            .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
    xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement(root);
    xml.writeDefaultNamespace(namespace);
    return new XmlWriter(xml);
  }

  /** An element's begin. */
  void open(String name) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement(name);
  }

  /** The end of the one that was begun last. */
  void close() throws XMLStreamException {
    xml.writeEndElement();
  }

  /** Of the element that was begun last. */
  void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  /** An element with nothing but text in it. */
  void text(String name, String text) throws XMLStreamException {
    open(name);
    text(text);
    close();
  }

  /** Text in the element that was begun last. */
  void text(String text) throws XMLStreamException {
    xml.writeCharacters(legal(text));
  }

  /** Ends the document. */
  void end() throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeEndDocument();
    xml.flush();
    xml.close();
  }

  /** What a document may hold (XML 1.0 section 2.2). */
  static String legal(String text) {
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints().forEach(c -> legal.appendCodePoint(isLegal(c) ? c : 0xFFFD));
    return legal.toString();
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
