/// Generated modules name this type, so that one generated for another shape of this library fails
/// to compile instead of misbehaving. Its number grows when generated code must be made anew.
public enum GeneratedContract_1 {}
