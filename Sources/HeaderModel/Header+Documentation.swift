extension Header {
  /// The model without the header's comments.
  package func withoutDocumentation() -> Header {
    var header = self
    for index in header.functions.indices { header.functions[index].doc = nil }
    for index in header.records.indices {
      header.records[index].doc = nil
      for field in header.records[index].layout?.fields.indices ?? 0..<0 {
        header.records[index].layout?.fields[field].doc = nil
      }
    }
    for index in header.enumerations.indices {
      header.enumerations[index].doc = nil
      for enumerator in header.enumerations[index].enumerators.indices {
        header.enumerations[index].enumerators[enumerator].doc = nil
      }
    }
    for index in header.typedefs.indices { header.typedefs[index].doc = nil }
    for index in header.variables.indices { header.variables[index].doc = nil }
    return header
  }
}
