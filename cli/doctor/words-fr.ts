import { dateText } from '../../cases/words/dates.ts'
import type { Found, Said } from './findings.ts'

export function french(one: Found): Said {
  switch (one.code) {
    case 'configuration':
      return [one.detail, 'Complétez les variables : docs/operator.md, « Settings ».']
    case 'keys_missing':
      return [
        `${one.file} manque ou n’est pas lisible.`,
        'Remettez la copie gardée à part ; ne refaites jamais de clés.',
      ]
    case 'keys_readable':
      return [`${one.file} peut être lu par d’autres.`, 'chmod 600.']
    case 'keys_wrong':
      return [`${one.file} n’est pas un trousseau de clés.`, 'Remettez la copie gardée à part.']
    case 'keys_beside_data':
      return [`Les clés sont dans ${one.folder}, à côté des données.`, 'En service, gardez-les ailleurs.']
    case 'database_away':
      return [
        `La base ne répond pas à ${one.at} (${one.why}).`,
        'Démarrez-la ; rien de ce qui est enregistré n’est perdu.',
      ]
    case 'database_empty':
      return ['La base est vide.', 'segin install, ou remettez une sauvegarde.']
    case 'schema_behind':
      return [
        `Il manque ${one.missing} migrations à la base.`,
        'segin install de cette version, avant d’y démarrer api et worker.',
      ]
    case 'schema_ahead':
      return [
        `La base connaît des migrations d’une version plus récente : ${one.unknown.join(', ')}.`,
        'Ne revenez pas en arrière : remettez la version récente.',
      ]
    case 'not_installed':
      return ['La base n’a pas d’installation.', 'segin install.']
    case 'no_settings':
      return ['L’installation n’a pas de calendrier.', 'segin install.']
    case 'calendar_ends':
      return [
        one.last === ''
          ? 'Le calendrier ne connaît aucun jour férié : les fêtes comptent comme des jours ouvrables.'
          : `Le calendrier ne connaît aucun jour férié après le ${dateText(one.last, 'fr')} : les délais d’un an comptent les fêtes comme des jours ouvrables.`,
        'Déclarez les prochains : docs/operator.md, « Days off ».',
      ]
    case 'codec_foreign':
      return [
        'La clé du codec n’ouvre pas ce que cette installation a scellé.',
        'Remettez le bon codec.json : sans lui rien ne démarre.',
      ]
    case 'master_foreign':
      return [
        'La clé maîtresse n’ouvre pas les dossiers de cette base.',
        'Remettez le bon master.json, avec les anciennes clés.',
      ]
    case 'clock_apart':
      return [`L’horloge de cette machine et celle de la base diffèrent de ${one.seconds} s.`, 'Réglez l’heure (NTP).']
    case 'engine_away':
      return [
        `Le moteur (Temporal) ne répond pas à ${one.at} (${one.why}).`,
        'Démarrez-le ; on peut lire en attendant.',
      ]
    case 'namespace_missing':
      return [
        `Le moteur n’a pas l’espace « ${one.namespace} ».`,
        `temporal operator namespace create -n ${one.namespace} --retention 168h`,
      ]
    case 'no_worker':
      return ['Aucun worker ne travaille : les actes attendent.', 'Démarrez segin worker ; voyez son journal.']
    case 'worker_too_old':
      return [
        `Le worker ${one.worker} connaît le moteur ${one.knows}, des dossiers demandent ${one.needs}.`,
        'Mettez-le à la version actuelle, ou arrêtez-le.',
      ]
    case 'engine_not_raised':
      return [
        `Les nouveaux dossiers reçoivent le moteur ${one.engine} ; tous les workers connaissent ${one.known}.`,
        'segin engine --raise, puis segin settle.',
      ]
    case 'workflows_missing':
      return [
        `${one.count} dossiers ouverts n’ont rien qui tourne dans le moteur.`,
        'segin revive les nomme ; --run les relance.',
      ]
    case 'smtp_away':
      return [
        `Le serveur de courrier ne répond pas à ${one.at} (${one.why}).`,
        'Corrigez SEGIN_SMTP_URL ou le serveur ; le courrier attend.',
      ]
    case 'mail_late':
      return [
        `${one.count} courriels attendent, le plus ancien depuis ${one.minutes} minutes.`,
        'Voyez le journal du worker.',
      ]
    case 'disk_full':
      return [`Il reste ${one.megabytes} Mo dans ${one.folder}.`, 'Faites de la place avant que la base ne s’arrête.']
  }
}
