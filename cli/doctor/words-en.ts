import { dateText } from '../../cases/words/dates.ts'
import type { Found, Said } from './findings.ts'

export function english(one: Found): Said {
  switch (one.code) {
    case 'configuration':
      return [one.detail, 'Complete the variables: docs/operator.md, “Settings”.']
    case 'keys_missing':
      return [
        `${one.file} is missing or cannot be read.`,
        'Put back the copy that is kept apart; never make keys anew.',
      ]
    case 'keys_readable':
      return [`${one.file} can be read by others.`, 'chmod 600.']
    case 'keys_wrong':
      return [`${one.file} is no key ring.`, 'Put back the copy that is kept apart.']
    case 'keys_beside_data':
      return [`The keys are in ${one.folder}, beside the data.`, 'In service keep them elsewhere.']
    case 'database_away':
      return [`The database does not answer at ${one.at} (${one.why}).`, 'Start it; nothing that was recorded is lost.']
    case 'database_empty':
      return ['The database is empty.', 'segin install, or put a backup back.']
    case 'schema_behind':
      return [
        `The database lacks ${one.missing} migrations.`,
        'segin install of this release, before api and worker start on it.',
      ]
    case 'schema_ahead':
      return [
        `The database has migrations of a newer release: ${one.unknown.join(', ')}.`,
        'Do not go back: put the newer release in place.',
      ]
    case 'not_installed':
      return ['The database has no installation.', 'segin install.']
    case 'no_settings':
      return ['The installation has no calendar.', 'segin install.']
    case 'calendar_ends':
      return [
        one.last === ''
          ? 'The calendar knows no day off: feasts count as working days.'
          : `The calendar knows no day off after ${dateText(one.last, 'en')}: deadlines of a year count feasts as working days.`,
        'Declare the next ones: docs/operator.md, “Days off”.',
      ]
    case 'codec_foreign':
      return [
        'The codec key does not open what this installation has sealed.',
        'Put the right codec.json back: nothing starts without it.',
      ]
    case 'master_foreign':
      return [
        'The master key does not open the cases of this database.',
        'Put the right master.json back, with its older keys.',
      ]
    case 'clock_apart':
      return [`The clocks of this machine and of the database are ${one.seconds} s apart.`, 'Set the time (NTP).']
    case 'engine_away':
      return [
        `The engine (Temporal) does not answer at ${one.at} (${one.why}).`,
        'Start it; people can read meanwhile.',
      ]
    case 'namespace_missing':
      return [
        `The engine has no namespace “${one.namespace}”.`,
        `temporal operator namespace create -n ${one.namespace} --retention 168h`,
      ]
    case 'no_worker':
      return ['No worker is at work: acts wait.', 'Start segin worker; see its log.']
    case 'worker_too_old':
      return [
        `Worker ${one.worker} knows engine ${one.knows}, cases need ${one.needs}.`,
        'Bring it to the present release, or stop it.',
      ]
    case 'engine_not_raised':
      return [
        `New cases get engine ${one.engine}; all workers know ${one.known}.`,
        'segin engine --raise, then segin settle.',
      ]
    case 'workflows_missing':
      return [
        `${one.count} open cases have nothing that runs in the engine.`,
        'segin revive names them; --run begins them again.',
      ]
    case 'smtp_away':
      return [
        `The mail server does not answer at ${one.at} (${one.why}).`,
        'Mend SEGIN_SMTP_URL or the server; mail waits.',
      ]
    case 'mail_late':
      return [`${one.count} mails wait, the oldest for ${one.minutes} minutes.`, 'See the log of the worker.']
    case 'disk_full':
      return [`${one.megabytes} MB are left in ${one.folder}.`, 'Make room before the database stops.']
  }
}
