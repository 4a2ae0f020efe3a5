/// All cases, in the order in which they are run.
package let allCases: [Case] =
  collectiveCases + vectorCases + pointToPointCases + groupCases + lifeCases + creationCases
  + configurationCases + refusalCases + waitingCases + memoryCases + streamCases
  + customAllReduceCases + faultCases
